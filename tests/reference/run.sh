#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh PAGE CC CFLAGS LIBS - every example of a reference page compiles and prints
# what the page says.
#
# A page is Markdown.  An entry begins with "## NAME[, NAME...]".  In it stands one C
# program at least, fenced as ```c (```cpp for C++), and behind that, fenced as ```text,
# what the program prints; without it, nothing.  Other C text, such as a prototype, is
# fenced as ```c-shape and is not compiled.
set -u
page=$1
cc=$2
cflags=$3
libs=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One file per program, N.c or N.cpp, with N.name and N.out.
awk -v dir="$work" '
    /^## / { name = substr($0, 4); next }
    /^```/ && inside { if (inside == "out") close(file); inside = ""; next }
    /^```(c|cpp)$/ {
        n++
        file = dir "/" n "." substr($0, 4)
        print name > (dir "/" n ".name"); close(dir "/" n ".name")
        printf "" > (dir "/" n ".out"); close(dir "/" n ".out")
        inside = "program"
        next
    }
    /^```text$/ { if (n) { inside = "out"; file = dir "/" n ".out" } else inside = "skip"; next }
    /^```/ { inside = "skip"; next }
    inside == "program" || inside == "out" { print > file }
' "$page"

status=0
count=0
for source in "$work"/*.c "$work"/*.cpp; do
    [ -e "$source" ] || continue
    stem=${source%.*}
    count=$((count + 1))
    compiler=$cc
    standard=gnu11
    [ "${source##*.}" = cpp ] && { compiler=${CXX:-c++}; standard=gnu++17; }
    # shellcheck disable=SC2086
    if ! "$compiler" -std=$standard -Wall -Wextra -Werror -O1 $cflags "$source" -o "$stem.bin" \
        $libs 2>"$stem.log"; then
        echo "$(basename "$page"): $(cat "$stem.name"): does not compile"
        cat "$stem.log"
        status=1
        continue
    fi
    timeout 20 "$stem.bin" >"$stem.got" 2>"$stem.log"
    code=$?
    if [ $code != 0 ] || ! diff -u "$stem.out" "$stem.got" >"$stem.diff"; then
        echo "$(basename "$page"): $(cat "$stem.name"): exit status $code, or not what the page says"
        cat "$stem.diff" "$stem.log"
        status=1
    fi
done
[ $count != 0 ] || { echo "$page: no example found"; status=1; }
echo "$count examples"
exit $status
