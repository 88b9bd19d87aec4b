#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh SOURCE_DIR BUILD_DIR - install the built library to a new prefix and
# use it as a stranger would, in every way that is promised.
#
# Compilers that are not there are left out and named at the end.
set -u

source_dir=$1
build_dir=$2
here=$source_dir/tests/install
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
count=0
failures=0
absent=()

# try NAME COMMAND... - one check; its output is shown when it fails.
try() {
    local name=$1
    shift
    count=$((count + 1))
    if ! "$@" >"$work/log" 2>&1; then
        failures=$((failures + 1))
        echo "FAILED: $name"
        echo "  $*"
        sed 's/^/  | /' "$work/log" | head -n 15
        return 1
    fi
}

have() { command -v "$1" >/dev/null || { absent+=("$1"); return 1; }; }

# greets PROGRAM - it must say hello and exit 0.
greets() {
    local said
    said=$(timeout 20 "$@") || { echo "exit status $?"; return 1; }
    [ "$said" = "hello, world" ] || { echo "it said: $said"; return 1; }
}

# one_line NAME COMPILER FLAGS... - compile hello with the flags, run it.
one_line() {
    local name=$1
    shift
    rm -f "$work/hello"
    try "$name" "$@" -Wall -Wextra -Werror -o "$work/hello" && try "$name: run" greets "$work/hello"
}

# every_language CC CXX - the pkg-config way, shared and static.
every_language() {
    local cc=$1 cxx=$2 cflags libs static std opt
    cflags=$(pkg-config --cflags goroutine)
    libs=$(pkg-config --libs goroutine)
    static="$prefix_lib/libgoroutine.a -pthread"
    for opt in -O0 -O1 -O2 -O3; do
        for std in c11 c17 c2x gnu11; do
            # shellcheck disable=SC2086
            one_line "$cc -std=$std $opt, pkg-config" "$cc" -std=$std $opt "$here/hello.c" $cflags $libs
        done
        # shellcheck disable=SC2086
        one_line "$cc $opt, libgoroutine.a" "$cc" $opt "$here/hello.c" $cflags $static
        have "$cxx" || continue
        # shellcheck disable=SC2086
        one_line "$cxx -std=c++17 $opt, pkg-config" "$cxx" -std=c++17 $opt -x c++ "$here/hello.c" $cflags $libs
    done
    # shellcheck disable=SC2086
    one_line "$cc -static" "$cc" -O2 -static "$here/hello.c" $cflags $static
}

# project NAME LANGUAGE HOW TARGET [SOURCE] - a CMake project of a user.
project() {
    local dir=$work/project-$1 file=hello.c
    mkdir -p "$dir"
    cp "$here/${5:-hello.c}" "$dir/hello.c"
    if [ "$2" = CXX ]; then
        mv "$dir/hello.c" "$dir/hello.cpp"
        file=hello.cpp
    fi
    cat >"$dir/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.20)
project(user LANGUAGES $2)
$3
add_executable(hello $file)
target_link_libraries(hello PRIVATE $4)
END
    try "$1: configure" cmake -G Ninja -S "$dir" -B "$dir/build" -DCMAKE_PREFIX_PATH="$prefix" \
        -DCMAKE_BUILD_TYPE=Release &&
        try "$1: build" cmake --build "$dir/build" --parallel 2 &&
        try "$1: run" greets "$dir/build/hello"
}

# clash - a user's own names may be those the library uses inside.
clash() {
    local names
    names=$(nm "$build_dir/libgoroutine_whitebox.a" 2>/dev/null |
        awk '$2 == "T" && $3 !~ /^go_/ { print $3 }' | sort -u)
    [ -n "$names" ] || { echo "no internal names found"; return 1; }
    for name in $names; do echo "int $name(void); int $name(void) { return 1; }"; done >"$work/clash.c"
    # shellcheck disable=SC2046
    cc -fno-builtin "$work/clash.c" "$here/hello.c" $(pkg-config --cflags goroutine) \
        "$prefix_lib/libgoroutine.a" -pthread -o "$work/clash" && greets "$work/clash"
}

# tls - libgoroutine-tls, where it was built: by pkg-config and CMake, shared and static.
tls() {
    local source=$here/hello_tls.c flags
    flags=$(pkg-config --cflags --libs goroutine-tls)
    # shellcheck disable=SC2086
    try "tls, pkg-config" gcc -O2 "$source" $flags -o "$work/hello" &&
        try "tls, pkg-config: run" greets "$work/hello"
    flags="$(pkg-config --cflags goroutine) $prefix_lib/libgoroutine-tls.a $prefix_lib/libgoroutine.a"
    # shellcheck disable=SC2086
    try "tls, libgoroutine-tls.a" gcc -O2 "$source" $flags -lssl -lcrypto -pthread -o "$work/hello" &&
        try "tls, libgoroutine-tls.a: run" greets "$work/hello"
    for target in tls tls_static; do
        project "find-package-$target" C "find_package(goroutine REQUIRED COMPONENTS tls)" \
            "goroutine::$target" hello_tls.c
    done
}

# posix - libgoroutine-posix: linked before libc, though nothing else of it is used and the
# linker drops what is not; shared, as an archive, by CMake, and preloaded.
posix() {
    local source=$here/hello_posix.c flags
    flags=$(pkg-config --cflags --libs goroutine-posix)
    # shellcheck disable=SC2086
    try "posix, pkg-config" gcc -O2 -Wl,--as-needed "$source" $flags -o "$work/hello" &&
        try "posix, pkg-config: run" greets "$work/hello"
    flags="$(pkg-config --cflags goroutine) -Wl,--undefined=go_posix_missing_ -Wl,--export-dynamic"
    flags="$flags $prefix_lib/libgoroutine-posix.a $prefix_lib/libgoroutine.a -ldl"
    # shellcheck disable=SC2086
    try "posix, libgoroutine-posix.a" gcc -O2 "$source" $flags -pthread -o "$work/hello" &&
        try "posix, libgoroutine-posix.a: run" greets "$work/hello"
    # shellcheck disable=SC2046
    try "posix, preloaded" gcc -O2 -DPRELOADED "$source" \
        $(pkg-config --cflags --libs goroutine) -ldl -o "$work/hello" &&
        LD_PRELOAD=$prefix_lib/libgoroutine-posix.so try "posix, preloaded: run" greets "$work/hello"
    for target in posix posix_static; do
        project "find-package-$target" C "find_package(goroutine REQUIRED COMPONENTS posix)" \
            "goroutine::$target" hello_posix.c
    done
}

# musl - library and user built by musl-gcc, one static program.
musl() {
    local dir=$work/musl headers=$work/kernel header
    # musl-gcc does not look where the kernel's headers are, and must not see
    # the other libc's beside them.
    mkdir -p "$headers"
    for header in linux asm-generic; do ln -s "/usr/include/$header" "$headers/$header"; done
    for header in "/usr/include/$(gcc -print-multiarch)/asm" /usr/include/asm; do
        [ -d "$header" ] && ln -sfn "$header" "$headers/asm" && break
    done
    try "musl: configure" cmake -G Ninja -S "$source_dir" -B "$dir" -DCMAKE_C_COMPILER=musl-gcc \
        -DCMAKE_C_FLAGS="-isystem $headers" -DGO_TESTS=OFF -DGO_EXAMPLES=OFF -DGO_SHARED=OFF \
        -DGO_EXTRAS=OFF \
        -DCMAKE_INSTALL_LIBDIR=lib &&
        try "musl: build" cmake --build "$dir" --parallel 2 &&
        try "musl: install" cmake --install "$dir" --prefix "$work/musl-prefix" || return
    one_line "musl-gcc -static" musl-gcc -static -O2 "$here/hello.c" \
        -I"$work/musl-prefix/include" "$work/musl-prefix/lib/libgoroutine.a" -pthread
}

try "install" cmake --install "$build_dir" --prefix "$prefix" || exit 1
prefix_lib=$(dirname "$(find "$prefix" -name libgoroutine.so)")
# The prefix is moved before it is used: nothing in it may know where it was.
mv "$prefix" "$prefix.moved"
prefix_lib=${prefix_lib/"$prefix"/"$prefix.moved"}
prefix=$prefix.moved
export LD_LIBRARY_PATH=$prefix_lib PKG_CONFIG_PATH=$prefix_lib/pkgconfig

# As the README says, but for the tests: the C++ compiler is named and not enabled.
if have g++; then
    try "without tests: configure" cmake -G Ninja -S "$source_dir" -B "$work/plain" \
        -DCMAKE_C_COMPILER=gcc -DCMAKE_CXX_COMPILER=g++ -DGO_TESTS=OFF
fi

if have pkg-config; then
    have gcc && every_language gcc g++
    have clang && every_language clang clang++
    try "a user's own names" clash
fi
project find-package C "find_package(goroutine 0.1 REQUIRED)" goroutine::goroutine
project find-package-static C "find_package(goroutine REQUIRED)" goroutine::static
project find-package-cxx CXX "find_package(goroutine REQUIRED)" goroutine::goroutine
project subdirectory C "add_subdirectory($source_dir goroutine)" goroutine::goroutine
project subdirectory-static C "set(GO_SHARED OFF)
add_subdirectory($source_dir goroutine)" goroutine::static
if [ -e "$prefix_lib/libgoroutine-tls.so" ] && have gcc && have pkg-config; then tls; fi
if [ -e "$prefix_lib/libgoroutine-posix.so" ] && have gcc && have pkg-config; then posix; fi
have musl-gcc && musl

[ ${#absent[@]} = 0 ] || echo "Not here, so not tried: $(printf '%s\n' "${absent[@]}" | sort -u | xargs)"
echo "$((count - failures)) of $count uses of an installed library passed"
[ $failures = 0 ]
