#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Measures the C programs in BUILD_DIR beside their Go twins, in turn, and prints
# one table.
#
#   bench/run.sh [--quick] [--one] [--only REGEX] [--rounds N] BUILD_DIR
#
#   --quick    a tenth of the work: whether it runs, not how fast
#   --one      once more with GOMAXPROCS=1
#   --only     only the programs that match
#   --rounds   samples of each, 5 if not given

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
rounds=5 divisor=1 one=0 only=. build= have_go= failures=0

usage()
{
    sed -n '3,/^$/s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

while [ $# -gt 0 ]; do
    case $1 in
    --quick) divisor=10 ;;
    --one) one=1 ;;
    --only) only=${2:?} && shift ;;
    --rounds) rounds=${2:?} && shift ;;
    -*) usage ;;
    *) build=$1 ;;
    esac
    shift
done
[ -n "$build" ] || usage
[ -x "$build/spawn" ] || build=$build/bench
[ -x "$build/spawn" ] || { echo "$0: no programs in $build: GO_BENCH=ON builds them" >&2; exit 1; }
programs_go=$(cd "$build" && pwd)/go
samples=$build/samples

# The distinct programs of the table, with their counts.
list_programs()
{
    awk -v only="$only" '!/^#/ && NF && !seen[$2]++ && $2 ~ only { print $2, $3, $5 }' \
        "$here/workloads"
}

# The Go halves, built once into the build directory.  Without Go: no column.
build_go()
{
    if ! command -v go >/dev/null; then
        echo "Go is not installed: its column is left out."
        return 1
    fi
    mkdir -p "$programs_go"
    if ! (cd "$here/go" && GOTOOLCHAIN=local GOWORK=off go build -o "$programs_go/" ./...); then
        echo "The Go programs do not build here: their column is left out."
        return 1
    fi
}

# One run of one program; each line it prints becomes a sample.
take_sample()
{
    local procs=$1 language=$2 program=$3 count=$4 out
    if ! out=$(timeout 120 "$program" "$count"); then
        echo "FAILED: GOMAXPROCS=${GOMAXPROCS:-} $program $count" >&2
        failures=$((failures + 1))
        return
    fi
    awk -v p="$procs" -v l="$language" '{ print p, l, $1, $2, $3 }' <<<"$out" >>"$samples"
}

# C and Go in turn, so that both meet the same minutes of the machine.
measure()
{
    local procs=$1 program count in_one round
    while read -r program count in_one; do
        [ "$procs" = all ] || [ "$in_one" = + ] || continue
        count=$((count / divisor))
        for ((round = 0; round < rounds; round++)); do
            take_sample "$procs" c "$build/$program" "$count"
            [ -z "$have_go" ] || take_sample "$procs" go "$programs_go/$program" "$count"
        done
        [ ! -t 2 ] || printf '\r%-40s\r' "$procs $program" >&2
    done < <(list_programs)
}

describe_machine()
{
    local model
    model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
    echo "$(nproc) CPUs (${model:-$(uname -m)}), Linux $(uname -r)," \
        "load $(cut -d ' ' -f 1 /proc/loadavg)${have_go:+, $have_go}"
    echo "Medians of $rounds [min .. max], C and Go in turn; ratio is Go over C."
    [ "$divisor" = 1 ] || echo "Quick: a tenth of the work, so these are no figures to quote."
}

if build_go; then
    have_go=$(go version | cut -d ' ' -f 3)
fi
describe_machine
: >"$samples"
measure all
if [ "$one" = 1 ]; then
    export GOMAXPROCS=1
    measure 1
fi
awk -f "$here/table.awk" "$here/workloads" "$samples"
echo "Samples: $samples"
[ "$failures" = 0 ]
