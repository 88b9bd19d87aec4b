#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Measures the servers of examples/servers beside their Go twins, and echo and HTTP beside those
# of the other peers (bench/SIDE/echo_server, http_server): starts one, loads it from outside on
# the loopback interface, ends it, and then the next; prints Markdown.
#
#   bench/servers/run.sh [OPTION...] BUILD_DIR
#
#   --quick            one short round: whether it runs, not how fast
#   --rounds N         samples of each, 5 if not given
#   --seconds S        of load for each sample, 2 if not given
#   --only REGEX       only the workloads that match: echo http wrk redis rbench proxy chat idle
#   --connections L    a list, "1 100 1000 10000" if not given
#   --sides L          a list, "c go rust fiber st pthread" if not given
#   --output FILE      the tables go there, too
#
# What is counted is the CPU time of the server, in the kernel and out of it, from
# /proc/PID/stat: in windows of seconds its ticks of 10 ms do not matter.  The load is on the
# same machine and takes what the server leaves, so that requests per second say little;
# requests for each second of the server's CPU time say what the server costs.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
rounds=5 seconds=2 only=. connections="1 100 1000 10000" output= build=
sides="c go rust fiber st pthread"

usage()
{
    sed -n '3,/^$/s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

while [ $# -gt 0 ]; do
    case $1 in
    --quick) rounds=1 seconds=0.5 ;;
    --rounds) rounds=${2:?} && shift ;;
    --seconds) seconds=${2:?} && shift ;;
    --only) only=${2:?} && shift ;;
    --connections) connections=${2:?} && shift ;;
    --sides) sides=${2:?} && shift ;;
    --output) output=${2:?} && shift ;;
    -*) usage ;;
    *) build=$1 ;;
    esac
    shift
done
[ -n "$build" ] || usage
build=$(cd "$build" && pwd)
tools=$build/bench/servers
[ -x "$tools/load" ] || { echo "$0: no $tools/load: GO_BENCH=ON builds it" >&2; exit 1; }
mkdir -p "$tools/go"
samples=$tools/samples
: >"$samples"
ulimit -n "$(ulimit -Hn)"
# A connection through a proxy takes two descriptors of it; six if Go splices.
limit=$(ulimit -Hn)
proxied=$(((limit - 200) / 2)) spliced=$(((limit - 200) / 6))

server= address= backend=

finish()
{
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$backend" ] || kill "$backend" 2>/dev/null || true
}
trap finish EXIT

# start VARIABLE PROGRAM ARGUMENT... - the process id goes into VARIABLE, where it listens
# into address.
start()
{
    local variable=$1 said=$tools/said
    shift
    rm -f "$said"
    mkfifo "$said"
    "$@" >"$said" &
    printf -v "$variable" %s $!
    # Nothing, if it ended first: what loads it will say so.
    read -r _ _ address <"$said" || address=
    rm -f "$said"
}

# stop VARIABLE - ends the process whose id the variable has.
stop()
{
    kill "${!1}" 2>/dev/null || true
    wait "${!1}" 2>/dev/null || true
    printf -v "$1" %s ''
}

# The seconds of CPU time that the server has used.
server_cpu()
{
    awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) / hz }' \
        "/proc/$server/stat"
}

# Loads that know nothing of the server's CPU time: all of theirs is the window.
with_cpu()
{
    local before after line
    before=$(server_cpu)
    line=$("$@") || return
    after=$(server_cpu)
    awk -v line="$line" -v before="$before" -v after="$after" 'BEGIN {
        requests = line
        sub(/.*requests=/, "", requests)
        printf "%s cpu=%.2f percpu=%.0f\n", line, after - before,
               requests / (after > before ? after - before : 0.01)
    }'
}

# Connecting many takes seconds, which are part of it.
run_wrk()
{
    local n
    n=$(awk -v s="$seconds" -v c="$1" 'BEGIN { print int(s + c / 2000 + 0.9) }')
    wrk -t1 -c "$1" -d "${n}s" --timeout 10s -s "$here/wrk.lua" "http://$address/" |
        grep '^requests=[1-9]'
}

# SET and GET, as many of each as take about as long as is asked for.
run_rbench()
{
    local n
    n=$(awk -v s="$seconds" -v c="$1" 'BEGIN { print int(s * (c == 1 ? 10000 : 25000)) }')
    redis-benchmark -h "${address%:*}" -p "${address#*:}" -c "$1" -n "$n" -t set,get -r 100000 \
        --csv 2>/dev/null | awk -F'[",]+' -v n="$n" '
        $2 == "SET" || $2 == "GET" {
            tests++
            rate += $3 / 2
            p50 = $6 > p50 ? $6 : p50
            p99 = $8 > p99 ? $8 : p99
            max = $9 > max ? $9 : max
        }
        END {
            printf "requests=%d rate=%.0f p50=%.1f p99=%.1f p999=%.1f max=%.1f\n", tests * n, rate,
                   p50 * 1e3, p99 * 1e3, max * 1e3, max * 1e3
        }'
}

# A server that stops answering does not stop all of it.
load=(timeout 60 "$tools/load")
get='GET / HTTP/1.1\r\nHost: bench\r\n\r\n'
ping='*1\r\n$4\r\nPING\r\n'

# load_once WORKLOAD CONNECTIONS - one line of NAME=VALUE pairs.
load_once()
{
    local own=(-p "$server" -c "$2" -d "$seconds" -w 0.3)
    case $1 in
    echo | proxy) "${load[@]}" "${own[@]}" -s 64 "$address" ;;
    http) "${load[@]}" "${own[@]}" -r "$get" "$address" ;;
    redis) "${load[@]}" "${own[@]}" -r "$ping" "$address" ;;
    chat) "$tools/chatload" "${own[@]}" "$address" ;;
    wrk) with_cpu run_wrk "$2" ;;
    rbench) with_cpu run_rbench "$2" ;;
    esac
}

idle_once()
{
    local idle=(-i -p "$server" -c "$2" -d 0.5 -w 1)
    case $1 in
    echo | proxy) "${load[@]}" "${idle[@]}" -s 64 "$address" ;;
    http) "${load[@]}" "${idle[@]}" -r "$get" "$address" ;;
    redis) "${load[@]}" "${idle[@]}" -r "$ping" "$address" ;;
    chat) "$tools/chatload" "${idle[@]}" "$address" ;;
    esac
}

program_of()
{
    case $1 in
    wrk) echo http ;;
    rbench) echo redis ;;
    *) echo "$1" ;;
    esac
}

# server_of SIDE WORKLOAD - the path of its server, which need not be there.
server_of()
{
    local name
    name=$(program_of "$2")
    case $1 in
    c) echo "$build/examples/servers/$name" ;;
    go) echo "$tools/go/$name" ;;
    *) echo "$build/bench/$1/${name}_server" ;;
    esac
}

# one KIND SIDE WORKLOAD CONNECTIONS - one sample of load or idle; a failure is said, and has
# no sample.
one()
{
    local kind=$1 side=$2 workload=$3 n=$4 program line upstream=()
    program=$(server_of "$side" "$workload")
    [ -x "$program" ] || return 0
    if [ "$workload" = proxy ]; then
        start backend "$tools/backend" 127.0.0.1:0
        upstream=("$address")
        [ "$n" -le $proxied ] || n=$proxied
        [ "$n" -le $spliced ] || [ "$side" = c ] || upstream+=(buffered)
    fi
    start server "$program" 127.0.0.1:0 ${upstream[@]+"${upstream[@]}"}
    if [ -n "$address" ] && line=$("${kind}_once" "$workload" "$n"); then
        echo "$kind $side $workload $n $line" >>"$samples"
    else
        echo "FAILED: $kind $side $workload $n" >&2
        [ "$side" != c ] || failures=$((failures + 1))
    fi
    stop server
    [ -z "$backend" ] || stop backend
}

# in_turn ROUNDS KIND WORKLOAD CONNECTIONS - so many samples of each side, in turn.
in_turn()
{
    local round side
    for ((round = 0; round < $1; round++)); do
        for side in $sides; do
            one "$2" "$side" "$3" "$4"
        done
    done
}

failures=0
if [[ " $sides " == *" go "* ]] && { ! command -v go >/dev/null ||
    ! (cd "$here/go" && GOTOOLCHAIN=local GOWORK=off go build -o "$tools/go/" ./...); }; then
    echo "Go is not installed, or the twins do not build: its columns are left out." >&2
    sides=${sides/go/}
fi
if [[ " $sides " == *" rust "* ]] && ! python3 -B "$here/../driver/sides.py" "$build" rust; then
    sides=${sides/rust/}
fi

for workload in echo http wrk redis rbench proxy chat; do
    [[ $workload =~ $only ]] || continue
    case $workload in
    wrk | rbench)
        tool=wrk
        [ $workload = wrk ] || tool=redis-benchmark
        command -v $tool >/dev/null || { echo "$tool is not installed: left out" >&2; continue; }
        ;;
    esac
    for n in $connections; do
        in_turn "$rounds" load "$workload" "$n"
        [ ! -t 2 ] || printf '\r%-40s\r' "$workload $n" >&2
    done
done
if [[ idle =~ $only ]]; then
    for workload in echo http redis proxy chat; do
        in_turn $(((rounds + 1) / 2)) idle "$workload" 10000
    done
fi

{
    echo "Medians of $rounds rounds of $seconds s."
    python3 -B "$here/../driver/servers.py" "$build" "$samples"
} | tee ${output:+"$output"}
echo "Samples: $samples" >&2
[ $failures = 0 ]
