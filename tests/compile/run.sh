#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh SOURCE_DIR [BUILD_DIR [CC [FLAGS...]]] - what compiles and what must not.
#
# With CC and its C++ sibling, or with every compiler that is there:
#   headers   each alone, in every dialect, without a warning
#   ok/       compiles in every dialect without a warning; and, if BUILD_DIR holds the
#             library, runs at every -O level and needs no executable stack
#   bad/      does not compile, and an error says what the second line expects; with
#             -DGOOD, which leaves out the wrong line, it does compile; not with compilers
#             that differ from another one only in what they compile for
set -u

source_dir=$1
library=${2:+$2/libgoroutine.a}
[ $# -gt 2 ] && only=("${@:3}")
here=$source_dir/tests/compile
include=$source_dir/include
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
warnings=(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Werror)

# Each compiler has a process and a folder of its own.
count=0
failures=0

failed() { # failed WHAT: its output is in log
    failures=$((failures + 1))
    echo "FAILED: $1"
    sed 's/^/  | /' "$log" | head -n 15
}

try() { # try WHAT COMMAND...
    local what=$1
    shift
    count=$((count + 1))
    "$@" >"$log" 2>&1 || { failed "$what"; false; }
}

headers() { # headers LANGUAGE COMPILER...
    local language=$1 header
    shift
    # As the main file, so that each is a translation unit of its own.
    for header in "$include"/goroutine.h "$include"/goroutine/*.h; do
        echo "#include <${header#"$include"/}>" >"$dir/${header##*/}.$language"
    done
    try "headers alone: $*" "$@" "${warnings[@]}" -I"$include" -fsyntax-only "$dir"/*.h."$language"
}

accepts() { # accepts SUFFIX COMPILER...
    local suffix=$1
    shift
    try "ok: $*" "$@" "${warnings[@]}" -I"$include" -fsyntax-only "$here"/ok/*."$suffix"
}

runs() { # runs SUFFIX COMPILER...
    local file what suffix=$1
    shift
    [ -f "$library" ] || return 0
    for file in "$here"/ok/*."$suffix"; do
        what="run: $* ${file##*/}"
        try "$what" "$@" -Wall -Wextra -Werror -I"$include" "$file" -o "$dir/a.out" "$library" \
            -pthread -ldl || continue
        try "$what: executable stack" grep -q 'GNU_STACK.* RW ' <(readelf -lW "$dir/a.out")
        try "$what" timeout 30 "$dir/a.out"
    done
}

rejects() { # rejects FILES COMPILER...
    local files=$1 file expect how
    shift
    [ -z "${only+set}" ] && [ -n "$same_front_end" ] && return
    for file in "$here"/bad/$files; do
        how=(-fsyntax-only)
        case "$* $file" in
        *isystem*_ignored.*) continue ;; # that is but a warning
        *_ignored.*) how=(-S -o /dev/null) ;; # which GCC finds late
        esac
        count=$((count + 1))
        expect=$(sed -nE '2s/^\/\* expect: (.*[^ ]) \*\/$/\1/p; 2s/^\/\/ expect: //p' "$file")
        if [ -z "$expect" ]; then
            : >"$log"
            failed "$file: the second line expects nothing"
        elif "$@" "${how[@]}" "$file" >"$log" 2>&1; then
            failed "bad: $* $file: it compiles"
        elif ! grep -qE "error: .*($expect)" "$log"; then
            failed "bad: $* $file: no error says: $expect"
        fi
    done
    # shellcheck disable=SC2086
    try "good: $*" "$@" -DGOOD -fsyntax-only -Wall -Wextra -Werror "$here"/bad/$files
}

c_compiler() { # c_compiler COMPILER...
    local std opt
    for std in c11 gnu11 c17 c2x; do
        headers c "$@" -std=$std -Wstrict-prototypes -Wmissing-prototypes
        accepts c "$@" -std=$std
        accepts c "$@" -std=$std -O1
    done
    rejects '*.c' "$@" -std=c11 -I"$include"
    # As installed below /usr/include, where compilers hold their warnings back; and
    # optimised, which GCC packs calls in another way for.
    rejects '*.c' "$@" -O1 -isystem "$include"
    for opt in -O0 -O1 -O2 -O3; do
        runs c "$@" $opt
    done
}

blocks() { # blocks CLANG...
    headers c "$@" -std=c11 -fblocks
    accepts c "$@" -std=c11 -fblocks
    rejects 'go_*.c' "$@" -fblocks -I"$include"
    runs c "$@" -fblocks -O0
    runs c "$@" -fblocks -O2
}

cxx_compiler() { # cxx_compiler COMPILER...
    headers cpp "$@" -std=c++17
    accepts cpp "$@" -std=c++17
    accepts cpp "$@" -std=gnu++17
    accepts cpp "$@" -std=gnu++20
    rejects '*.cpp' "$@" -std=c++17 -I"$include"
    runs cpp "$@" -std=c++17 -O0
    runs cpp "$@" -std=c++17 -O2
}

everything() { # everything CC FLAGS...
    local cc=$1 cxx= same_front_end=
    dir=$work/${cc##*/}
    log=$dir/log
    mkdir "$dir"
    case $cc in
    *musl-gcc) library='' same_front_end=1 ;; # it is not for that libc
    aarch64-*) library='' same_front_end=1 cxx=${cc/gcc/g++} ;; # nor for that CPU
    *gcc*) cxx=${cc/gcc/g++} ;;
    *clang*) cxx=${cc/clang/clang++} ;;
    esac
    c_compiler "$@"
    [ "$cc" = "${cc#*clang}" ] || blocks "$@"
    [ -n "$cxx" ] && command -v "$cxx" >/dev/null && cxx_compiler "$cxx" "${@:2}"
    echo "$count $failures" >"$dir/sum"
}

if [ -z "${only+set}" ]; then
    for cc in gcc clang musl-gcc aarch64-linux-gnu-gcc; do
        command -v $cc >/dev/null && compilers+=("$cc")
    done
    [ -n "${compilers+set}" ] || exit 77
    for cc in "${compilers[@]}"; do
        everything "$cc" >"$work/out.$cc" &
    done
    wait
else
    compilers=("${only[0]}")
    everything "${only[@]}" >"$work/out.${only[0]##*/}"
fi

total=0
bad=0
for cc in "${compilers[@]}"; do
    cat "$work/out.${cc##*/}"
    if read -r count failures <"$work/${cc##*/}/sum"; then
        total=$((total + count))
        bad=$((bad + failures))
    else
        bad=$((bad + 1))
    fi
done
echo "$total checks with ${compilers[*]}: $bad failed"
[ "$bad" -eq 0 ]
