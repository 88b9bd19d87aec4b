#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check_symbols.sh SOURCE_DIR BUILD_DIR - the exported names are exactly those
# of tools/symbols.txt, in both libraries, and are used by a test or example.
# check_symbols.sh --update [SOURCE_DIR] - write tools/symbols.txt anew from the
# public headers.
set -u
export LC_ALL=C

# declared SOURCE_DIR - the functions and variables that the public headers
# declare, as the compiler sees them.
declared() {
    local dir
    dir=$(mktemp -d)
    # -aux-info lists functions as "/* file:line:.. */ extern int name (int);", and one
    # that returns a channel, a pointer to a function, as "extern int *(*name (int)) (..);".
    gcc -std=gnu11 -I"$1/include" -aux-info "$dir/functions" -fsyntax-only \
        -include "$1/include/goroutine/net.h" -x c "$1/include/goroutine.h" ||
        { rm -rf "$dir"; return 1; }
    grep -F "/include/goroutine" "$dir/functions" |
        awk '/\*\/ extern / && match($0, /[ *](go|GO)_[A-Za-z0-9_]+ \(/) {
                 print substr($0, RSTART + 1, RLENGTH - 3)
             }'
    sed -nE 's/^GO_API extern .*[ *](go_[A-Za-z0-9_]+)(\[.*)?;.*/\1/p' \
        "$1"/include/goroutine/*.h
    rm -rf "$dir"
}

update=0
if [ "${1:-}" = --update ]; then
    update=1
    shift
fi
source_dir=$(cd "${1:-$(dirname "$0")/..}" && pwd) || exit 1
list=$source_dir/tools/symbols.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

declared "$source_dir" | sort -u >"$work/headers"
[ -s "$work/headers" ] || { echo "no declarations found in the public headers"; exit 1; }
if [ $update = 1 ]; then
    { echo "# SPDX-License-Identifier: MIT"; cat "$work/headers"; } >"$list"
    exit
fi

# compare WHAT FILE - FILE must equal the documented list.
grep -v '^#' "$list" | sort >"$work/documented"
compare() {
    if ! diff -u --label tools/symbols.txt --label "$1" "$work/documented" "$2"; then
        echo "$1 and tools/symbols.txt differ (tools/check_symbols.sh --update)"
        status=1
    fi
}
compare "the public headers" "$work/headers"

build=${2:?the build folder}
nm -D --defined-only "$build/libgoroutine.so" | awk '{ print $NF }' | sort -u >"$work/so"
compare libgoroutine.so "$work/so"
nm -g --defined-only "$build/libgoroutine.a" | awk 'NF == 3 { print $3 }' | sort -u >"$work/a"
compare libgoroutine.a "$work/a"

# Macros are public names too.
sed -nE 's/^[[:space:]]*#[[:space:]]*define[[:space:]]+([A-Za-z0-9_]+).*/\1/p' \
    "$source_dir"/include/goroutine.h "$source_dir"/include/goroutine/*.h | sort -u >"$work/macros"
if grep -vE '^(go$|go_|GO_|GOROUTINE_|errno$)' "$work/macros"; then
    echo "these macros of the public headers do not begin with go_ or GO_"
    status=1
fi

# Every public name is used by a test, an example or a program of the reference.  Names
# that end in _ or a number are parts of macros.
used() {
    cat tests/*/*.c tests/*/*/*.c tests/*/*.cpp examples/*.c 2>/dev/null
    awk '/^```/ { program = $0 ~ /^```c(pp)?$/; next } program' docs/reference/*.md
}
(cd "$source_dir" && used) |
    grep -oE '\b(go|GO)(_[A-Za-z0-9_]+)?\b' | sort -u >"$work/used"
grep -hvE '_$|_[0-9N]+$|_H$|^GO_API$|^errno$|^GO_(BEGIN|END)_DECLS$|^GO_MUST_CHECK$' \
    "$work/documented" "$work/macros" | sort -u | comm -23 - "$work/used" >"$work/unused"
if [ -s "$work/unused" ]; then
    echo "public names that no test and no example uses:"
    sed 's/^/  /' "$work/unused"
    status=1
fi
exit $status
