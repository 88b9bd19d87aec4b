#!/bin/sh
# SPDX-License-Identifier: MIT
# Run a C twin; it must exit 0 and print what its Go twin printed (record.sh).
# EXPECTED is NAME.out; beside a file NAME.unordered the order of lines is open.
# Beside a file NAME.exit it must exit as that file's first line says, and its
# first line on stderr, if any, must be the second one.
# COMMAND is the program, behind an emulator or valgrind if need be.
#
#     run.sh EXPECTED COMMAND...
set -u

[ $# -ge 2 ] || { echo "usage: run.sh EXPECTED COMMAND..." >&2; exit 2; }
expected=$1
shift
[ -f "$expected" ] || { echo "run.sh: no $expected: record it with record.sh" >&2; exit 2; }
ending=${expected%.out}.exit

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

if [ -e "$ending" ]; then
    "$@" >"$work/raw" 2>"$work/err"
    # valgrind's own lines begin with ==.
    { echo "exit $?"; grep -v '^==' "$work/err" | head -n 1; } >"$work/exit"
    diff -u "$ending" "$work/exit" || { head -n 50 "$work/err" >&2; exit 1; }
else
    "$@" >"$work/raw"
    status=$?
    if [ "$status" -ne 0 ]; then
        echo "run.sh: exit status $status of $*, which printed:" >&2
        cat "$work/raw" >&2
        exit "$status"
    fi
fi
if [ -e "${expected%.out}.unordered" ]; then
    LC_ALL=C sort "$work/raw" >"$work/out"
else
    mv "$work/raw" "$work/out"
fi
diff -u "$expected" "$work/out"
