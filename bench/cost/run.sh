#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Instructions, and those among them that lock the bus, of the hot operations: counted by
# callgrind with one P, so that neither the machine's speed nor its other work is in them.
#
#   bench/cost/run.sh [--only REGEX] BUILD_DIR      a table, beside the ceilings
#   bench/cost/run.sh --check BUILD_DIR             the same; status 1 if one is exceeded,
#                                                   77 if that cannot be told here
#   bench/cost/run.sh --record BUILD_DIR            these counts are the ceilings from now on
#   bench/cost/run.sh --profile NAME BUILD_DIR      by function, of one operation

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
ceilings=$here/ceilings
mode=table only=. name='' build=''

usage()
{
    sed -n '3,/^$/s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

while [ $# -gt 0 ]; do
    case $1 in
    --only) only=${2:?} && shift ;;
    --check | --record) mode=${1#--} ;;
    --profile) mode=profile name=${2:?} && shift ;;
    -*) usage ;;
    *) build=$1 ;;
    esac
    shift
done
[ -n "$build" ] || usage
program=$build/bench/cost/cost_ops
[ -x "$program" ] || { echo "$0: no $program: build the target cost_ops" >&2; exit 1; }

# skip REASON - the counts would tell nothing.
skip()
{
    echo "Not counted: $1"
    [ "$mode" = check ] && exit 77
    exit 1
}

command -v valgrind >/dev/null || skip "valgrind is not installed"
built=$("$program" --build) || skip "$built"
recorded=$(sed -n 's/^# built: //p' "$ceilings" 2>/dev/null || true)
if [ "$mode" = check ] && [ "$built" != "$recorded" ]; then
    skip "this is $built, the ceilings are of $recorded"
fi

dumps=$(mktemp -d)
trap 'rm -rf "$dumps"' EXIT
# The messages are of interest only if it fails: older releases do not know every system
# call that the library asks the kernel for.  Of libc's arenas there is one, for it takes
# another way through malloc in the second, and which thread has which is chance.
if ! GOMAXPROCS=1 MALLOC_ARENA_MAX=1 timeout 240 valgrind --tool=callgrind --collect-bus=yes --dump-line=no \
    --zero-before=cost_begin --dump-before=cost_end --callgrind-out-file="$dumps/dump" \
    "$program" >"$dumps/names" 2>"$dumps/messages"; then
    cat "$dumps/messages" >&2
    exit 1
fi

if [ "$mode" = record ]; then
    awk -v mode=record -v dumps="$dumps" -v built="$built" -f "$here/counts.awk" \
        "$dumps/names" >"$dumps/ceilings"
    cat "$dumps/ceilings" >"$ceilings"
    exit
fi
[ "$built" = "$recorded" ] || echo "This is $built, the ceilings are of $recorded."
awk -v mode="$mode" -v dumps="$dumps" -v only="$only" -v name="$name" -f "$here/counts.awk" \
    "$ceilings" "$dumps/names"
