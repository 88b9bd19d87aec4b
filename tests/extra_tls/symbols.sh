#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# symbols.sh SOURCE_DIR SHARED STATIC - both libraries export what tls.h declares, no more.
set -u
export LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gcc -std=gnu11 -I"$1/include" -aux-info "$work/functions" -fsyntax-only -x c \
    "$1/include/goroutine/tls.h" || exit 1
grep -F "/include/goroutine/tls.h" "$work/functions" |
    sed -nE 's/.*[ *](go_tls_[a-z0-9_]+) \(.*/\1/p' | sort -u >"$work/declared"
[ -s "$work/declared" ] || { echo "tls.h declares nothing"; exit 1; }
nm -D --defined-only "$2" | awk '{ print $NF }' | sort -u >"$work/shared"
nm -g --defined-only "$3" | awk 'NF == 3 { print $3 }' | sort -u >"$work/static"
status=0
diff -u --label tls.h --label "$2" "$work/declared" "$work/shared" || status=1
diff -u --label tls.h --label "$3" "$work/declared" "$work/static" || status=1
exit $status
