#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run_crash.sh EXPECT COMMAND... - run a program that must die, and compare.
#
# Line 1 of EXPECT is "exit N", where N is 128 + the signal for one killed by a
# signal.  Every further line is an extended regular expression that some line
# of stderr must match; one that begins with "! " must match none.
set -u

expect=$1
shift
[ -r "$expect" ] || { echo "no such file: $expect"; exit 1; }

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
ulimit -c 0
# The runner's shell would announce a death by signal on our stderr.
{ timeout 50 "$@" >"$dir/out" 2>"$dir/err"; status=$?; } 2>/dev/null

# A program may find that it cannot run here.
[ "$status" = 77 ] && exit 77

failed=0
read -r word want <"$expect"
[ "$word" = exit ] || { echo "$expect: line 1 is not 'exit N'"; exit 1; }
if [ "$status" != "$want" ]; then
    echo "exit status $status, not $want"
    failed=1
fi
while IFS= read -r regex || [ -n "$regex" ]; do
    case $regex in
    '') ;;
    '! '*)
        if grep -Eq -e "${regex#! }" "$dir/err"; then
            echo "a line of stderr matches: ${regex#! }"
            failed=1
        fi
        ;;
    *)
        if ! grep -Eq -e "$regex" "$dir/err"; then
            echo "no line of stderr matches: $regex"
            failed=1
        fi
        ;;
    esac
done < <(tail -n +2 "$expect")

if [ $failed = 1 ]; then
    echo "--- stdout"
    head -c 4000 "$dir/out"
    echo "--- stderr"
    head -c 20000 "$dir/err"
fi
exit $failed
