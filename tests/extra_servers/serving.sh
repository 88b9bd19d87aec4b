# SPDX-License-Identifier: MIT
# Sourced: start and end one of the servers, for a client that people use.

set -eu

fail() { printf '%s: %s\n' "$0" "$*" >&2; exit 1; }

# need PROGRAM... - else the test cannot run here.
need()
{
    local program
    for program in "$@"; do
        command -v "$program" >/dev/null || { echo "no $program"; exit 77; }
    done
}

server=
work=$(mktemp -d)
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null; rm -rf "$work"' EXIT

# serve PROGRAM - sets address, host and port.
serve()
{
    [ -x "$1" ] || { echo "no $1"; exit 77; }
    mkfifo "$work/said"
    "$1" 127.0.0.1:0 >"$work/said" &
    server=$!
    read -r _ _ address <"$work/said"
    host=${address%:*}
    port=${address#*:}
}

# end - by SIGTERM, with status 0.
end()
{
    kill "$server"
    wait "$server" || fail "the server ended with status $?"
    server=
}
