#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run_twin.sh OUT COMMAND... - the program must print exactly what OUT holds,
# which is what its Go twin printed (./dev record-twins).
set -u

want=$1
shift
[ -r "$want" ] || { echo "no such file: $want; record it with ./dev record-twins"; exit 1; }

got=$(mktemp)
trap 'rm -f "$got"' EXIT
"$@" >"$got"
status=$?
if [ $status != 0 ]; then
    echo "exit status $status"
    cat "$got"
    exit $status
fi
diff -u --label "Go" --label "C" "$want" "$got"
