#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check_twins.sh [SOURCE_DIR] - every public function and macro that Go has too
# occurs in a twin, and every twin is whole: NAME.c, NAME.go, NAME.out.
set -u
export LC_ALL=C
cd "${1:-$(dirname "$0")/..}" || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# without - the public names that Go has no counterpart of, and the reason.
without() {
    sed -E 's/#.*//; s/[[:space:]]+/\n/g' <<'END' | sed '/^$/d'
go_id go_name go_set_name go_handle_id       # goroutines have neither number nor name
go_local_get go_local_set                    # nor values of their own
go_cpu_time go_cpu_time_enable go_handle_cpu_time   # nor a clock
go_detach                                    # nor a handle
go_set_limit                                 # no limit
go_dump go_leaks go_observe_long             # text that differs
go_verify go_errno_location GO_PANIC_TEXT    # C's own
go_on_goroutine                              # everything is one
go_map_pin go_map_unpin go_map_load_with    # memory that Go collects
go_map_collect go_pool_clear
go_map_copy_integer go_map_copy_string go_map_free_key
go_map_equal_integer go_map_equal_string     # built into keys
go_map_hash_integer go_map_hash_string
go_preadv go_pwritev go_fdatasync            # not in package os
go_process_wait_until go_process_wait_ctx    # os/exec waits without a bound
go_wait_process go_wait_process_until go_wait_process_ctx   # and not by number
go_read_until go_read_ctx go_write_until go_write_ctx   # one deadline for each descriptor
go_accept_until go_accept_ctx go_readv                  # and no vectors to read into
go_socket go_socketpair go_accept4 go_splice            # in package syscall
go_connect go_connect_until go_connect_ctx
go_poll go_poll_until go_poll_ctx go_on_readable go_on_writable   # no waiting without reading
go_wait_readable go_wait_readable_until go_wait_readable_ctx
go_wait_writable go_wait_writable_until go_wait_writable_ctx
GO_API GO_MUST_CHECK                         # declarations
GO_BEGIN_DECLS GO_END_DECLS
END
}

# headers - those of the core; the libraries in extra/ have tests of their own.
headers() {
    find include/goroutine -name '*.h' ! -name nats.h ! -name posix.h ! -name tls.h | sort
}

# public - functions that the headers declare, as the compiler sees them, and
# macros.  Names that end in _ are private, those that end in a number parts of macros.
public() {
    local header
    for header in $(headers); do
        echo "#include <goroutine/$(basename "$header")>"
    done >"$work/all.c"
    gcc -std=gnu11 -Iinclude -aux-info "$work/functions" -fsyntax-only "$work/all.c" || return 1
    # The name stands before the first list of parameters.
    grep -F 'include/goroutine/' "$work/functions" |
        awk 'match($0, /go_[A-Za-z0-9_]+ \(/) { print substr($0, RSTART, RLENGTH - 2) }'
    # shellcheck disable=SC2046
    sed -nE 's/^[[:space:]]*#[[:space:]]*define[[:space:]]+([A-Za-z0-9_]+).*/\1/p' \
        $(headers) | grep -E '^(go$|go_|GO_)'
}

public >"$work/public" || exit 1
grep -vE '_$|_[0-9N]+$|_H$' "$work/public" | sort -u >"$work/names"
[ "$(wc -l <"$work/names")" -gt 100 ] || { echo "hardly any names found in the headers"; exit 1; }
without | sort >"$work/without"

# Comments do not count.
sed -E 's,/\*.*\*/,,; s,^ \* .*,,' tests/twins/*.c | grep -oE '\b(go|GO)(_[A-Za-z0-9_]+)?\b' |
    sort -u >"$work/used"
comm -23 "$work/names" "$work/used" | comm -23 - "$work/without" >"$work/missing"
if [ -s "$work/missing" ]; then
    echo "public names that occur in no twin of tests/twins, nor in the list in $0:"
    sed 's/^/  /' "$work/missing"
    status=1
fi
comm -13 "$work/names" "$work/without" >"$work/gone"
if [ -s "$work/gone" ]; then
    echo "names in the list in $0 that the headers do not have:"
    sed 's/^/  /' "$work/gone"
    status=1
fi

# NAME.exit and NAME.unordered belong to a twin as well.
for file in tests/twins/*.*; do
    name=${file%.*}
    [ "${file##*.}" != sh ] || continue
    for part in c go out; do
        [ -e "$name.$part" ] || { echo "$file has no $name.$part beside it"; status=1; }
    done
done
exit $status
