#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check_arrows.sh [SOURCE_DIR] - which part of src/ may include which.
set -u
cd "${1:-$(dirname "$0")/..}" || exit 1

# AREA: areas, or single headers, that its files may include besides its own.
# debug may read everything and is included by nobody.
rules='
base:
os:      base
arch:    base
stack:   base os arch
sched:   base os arch stack timer/timer.h timer/heap.h
timer:   base os sched
poll:    base os sched timer
chan:    base sched timer os/clock.h
sync:    base sched timer os/clock.h os/membarrier.h
map:     base sched os/membarrier.h
context: base sched chan sync timer
net:     base os sched poll context
file:    base os sched timer poll
signal:  base os sched timer poll chan
process: base os sched timer poll
debug:   base os arch stack sched timer poll chan sync context net
'

allowed() { # allowed AREA HEADER
    local list word
    [ "$1" = "${2%%/*}" ] && return 0
    list=$(sed -n "s/^$1: *//p" <<<"$rules")
    for word in $list; do
        [ "$word" = "$2" ] || [ "$word" = "${2%%/*}" ] && return 0
    done
    return 1
}

status=0
for dir in src/*/; do
    area=$(basename "$dir")
    if ! grep -q "^$area:" <<<"$rules"; then
        echo "src/$area: no rule says what it may include"
        status=1
    fi
done
while IFS=: read -r file line header; do
    area=${file#src/}
    area=${area%%/*}
    if [ "$header" = "${header#*/}" ]; then
        echo "$file:$line: include \"$header\" by its path from src/, or in <>"
        status=1
    elif ! allowed "$area" "$header"; then
        echo "$file:$line: $area must not know $header"
        status=1
    fi
done < <(grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' src |
    sed -E 's/^([^:]*:[0-9]+):[^"]*"([^"]*)".*/\1:\2/')
# An arrow can also be drawn by declaring another part's function by hand.
if grep -nE '^extern ' src/*/*.c | grep -v 'environ'; then
    echo "declare it in the header of the part that defines it"
    status=1
fi
exit $status
