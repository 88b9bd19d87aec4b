#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# make_certs.sh DIR - the authorities and certificates that the tests of TLS use, made by
# the openssl command.  For each NAME there are NAME.pem and NAME.key.
set -eu
mkdir -p "$1"
cd "$1"
umask 077

cat >ca.cnf <<'END'
[ca]
default_ca = test
[test]
database = index.txt
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
rand_serial = yes
copy_extensions = none
[any]
commonName = supplied
END

run() { # run COMMAND... - its output is shown if it fails
    "$@" >log 2>&1 || { echo "failed: $*"; cat log; exit 1; } >&2
}

key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)

authority() { # authority NAME
    run openssl req -x509 "${key[@]}" -days 3650 -subj "/CN=$1" -keyout "$1.key" -out "$1.pem"
}

request() { # request NAME COMMON_NAME EXTENSION...
    local name=$1 cn=$2
    shift 2
    run openssl req -new "${key[@]}" -subj "/CN=$cn" -keyout "$name.key" -out "$name.csr"
    printf '%s\n' "$@" >"$name.ext"
}

signed() { # signed AUTHORITY NAME COMMON_NAME EXTENSION...
    local ca=$1
    shift
    request "$@"
    run openssl x509 -req -in "$1.csr" -CA "$ca.pem" -CAkey "$ca.key" -CAcreateserial -days 3650 \
        -extfile "$1.ext" -out "$1.pem"
}

dated() { # dated NAME FROM UNTIL EXTENSION... - signed by ca
    local name=$1 from=$2 until=$3
    shift 3
    request "$name" localhost "$@"
    : >index.txt
    run openssl ca -batch -config ca.cnf -in "$name.csr" -cert ca.pem -keyfile ca.key -notext \
        -startdate "$from" -enddate "$until" -extfile "$name.ext" -out "$name.pem"
}

local=subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1

authority ca
authority stranger
signed ca server server "$local"
signed ca a a "subjectAltName=DNS:a.example"
signed ca b b "subjectAltName=DNS:b.example"
signed ca wild wild "subjectAltName=DNS:*.wild.example"
signed ca wrong wrong "subjectAltName=DNS:elsewhere.example,IP:192.0.2.1"
signed ca nameless localhost "basicConstraints=CA:FALSE"
signed ca clientonly localhost "$local" "extendedKeyUsage=clientAuth"
signed stranger unknown localhost "$local"
dated expired 20200101000000Z 20210101000000Z "$local"
dated future 20900101000000Z 20910101000000Z "$local"
run openssl req -x509 "${key[@]}" -days 3650 -subj /CN=localhost -addext "$local" \
    -keyout selfsigned.key -out selfsigned.pem

signed ca between between "basicConstraints=critical,CA:TRUE"
signed between leaf leaf "$local"
cat leaf.pem between.pem >chain.pem
cp leaf.key chain.key

signed ca alice alice "extendedKeyUsage=clientAuth"
signed stranger mallory mallory "extendedKeyUsage=clientAuth"

# Names that could be taken for others: "alice\0.example", "alice, mallory", "alice\nmallory".
signed ca zero nobody 2.5.29.17=DER:3010820e616c696365002e6578616d706c65
signed ca comma nobody 2.5.29.17=DER:3010820e616c6963652c206d616c6c6f7279
signed ca line nobody 2.5.29.17=DER:300f820d616c6963650a6d616c6c6f7279

key=(-newkey rsa:2048 -nodes)
signed ca rsa rsa "$local"
run openssl ec -in server.key -aes128 -passout pass:secret -out locked.key
cp server.pem locked.pem
cat ca.pem stranger.pem >both.pem
rm -f -- *.csr *.ext *.srl index.txt* log
