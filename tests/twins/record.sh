#!/bin/sh
# SPDX-License-Identifier: MIT
# Re-record NAME.out from NAME.go, for all twins or for those named.  Needs Go.
# A twin with a file NAME.unordered prints its lines in any order: recorded sorted.
# A twin with a file NAME.exit does not end well: its exit status and the first
# line of its stderr are recorded there.  To begin with, make either file empty.
#
#     record.sh [NAME...]
set -eu

cd "$(dirname "$0")"
command -v go >/dev/null || { echo "record.sh: Go is not installed" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ $# -gt 0 ] || set -- *.go
for name in "$@"; do
    name=${name%.go}
    GO111MODULE=off go build -o "$work/twin" "$name.go"
    # Into a file first: a program that fails must not truncate its record.
    status=0
    "$work/twin" >"$work/raw" 2>"$work/err" || status=$?
    if [ -e "$name.exit" ]; then
        { echo "exit $status"; head -n 1 "$work/err"; } >"$name.exit"
    elif [ "$status" -ne 0 ]; then
        cat "$work/err" >&2
        echo "record.sh: $name: exit status $status" >&2
        exit 1
    fi
    if [ -e "$name.unordered" ]; then
        LC_ALL=C sort "$work/raw" >"$name.out"
    else
        cp "$work/raw" "$name.out"
    fi
    echo "recorded $name.out ($(wc -l <"$name.out") lines)"
done
