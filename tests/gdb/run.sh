#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh SOURCE_DIR BUILD_DIR - gdb on a small program: backtraces inside a
# goroutine, and the commands of tools/goroutine-gdb.py.  77: gdb cannot run here.
set -u
source_dir=$1
build=$2

command -v gdb >/dev/null || { echo "no gdb"; exit 77; }
gdb -batch -ex 'python import gdb.unwinder' 2>&1 | grep -q . && { echo "gdb has no Python"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# Without debug information of its own: the library's must do.
${CC:-gcc} -O1 -g0 -D_GNU_SOURCE -I"$source_dir/include" "$source_dir/tests/gdb/program.c" \
    "$build/libgoroutine.a" -pthread -o "$dir/program" || exit 1
if ! readelf -S "$dir/program" | grep -q '\.debug_info'; then
    echo "the library was built without debug information"
    exit 77
fi
gdb -batch -nx -ex 'set startup-with-shell off' -ex 'break main' -ex run "$dir/program" 2>&1 |
    grep -q '^Breakpoint 1, ' || { echo "gdb may not trace here"; exit 77; }
GDB_TEST_DIR=$dir timeout 100 gdb -batch -nx -x "$source_dir/tests/gdb/checks.py" "$dir/program" \
    >"$dir/out" 2>&1
status=$?
if [ $status != 0 ]; then
    grep -v -e "^$" -e "hit Breakpoint" "$dir/out" | tail -n 60
    echo "gdb: exit status $status"
    exit 1
fi
tail -n 1 "$dir/out"
