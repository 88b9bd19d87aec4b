#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check_reference.sh [SOURCE_DIR] - every public function and macro has an entry with
# an example in docs/reference, and no entry is about a name that does not exist.
set -u
export LC_ALL=C
cd "${1:-$(dirname "$0")/..}" || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What ends with _ belongs to the macros.  The compiler knows the functions, also those
# that macros write, as "/* file:line:.. */ extern T go_name (...);".  A channel is a
# pointer to a function, so one that returns it is "T *(*go_name (...)) (...)".
public() {
    # The libraries in extra/ have headers of their own.
    for header in include/goroutine.h include/goroutine/{net,nats,posix,tls}.h; do
        [ ! -e "$header" ] || echo "#include \"$header\""
    done |
        gcc -std=gnu11 -I. -Iinclude -aux-info "$work/functions" -fsyntax-only -x c -
    grep -F "include/goroutine" "$work/functions" |
        awk 'match($0, /[ *]go_[A-Za-z0-9_]+ \(/) { print substr($0, RSTART + 1, RLENGTH - 3) }'
    sed -nE 's/^#define (go(_[a-z0-9_]*[a-z0-9])?)\(.*/\1/p' include/goroutine/*.h
}
public | grep -vE '_$' | sort -u >"$work/public"
sed -nE 's/^## //p' docs/reference/*.md | tr ',' '\n' | tr -d ' `' | sort >"$work/entries"
# An entry without a program is none.
awk '
    function judge() { if (entry != "" && !program) print FILENAME_WAS ": " entry ": no example" }
    FNR == 1 { judge(); entry = ""; FILENAME_WAS = FILENAME }
    /^## / { judge(); entry = substr($0, 4); program = 0 }
    /^```(c|cpp)$/ { program = 1 }
    END { judge() }
' docs/reference/*.md >"$work/empty"

status=0
complain() { # complain TEXT FILE
    [ -s "$2" ] || return
    status=1
    sed "s|^|$1|" "$2"
}
uniq -d "$work/entries" >"$work/twice"
sort -u "$work/entries" -o "$work/entries"
comm -23 "$work/public" "$work/entries" >"$work/missing"
comm -13 "$work/public" "$work/entries" >"$work/unknown"
complain "no entry in docs/reference: " "$work/missing"
complain "an entry for what does not exist: " "$work/unknown"
complain "two entries for " "$work/twice"
complain "" "$work/empty"
exit $status
