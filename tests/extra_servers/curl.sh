#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# curl and the HTTP server: kept connections, bodies of known and unknown length, HEAD,
# Expect, errors.
. "$(dirname "$0")/serving.sh"

need curl
serve "$1/http"
ask() { curl -sS --max-time 30 "$@"; }

[ "$(ask "$address/")" = "Hello, world!" ] || fail "no greeting"
[ "$(ask "$address/" "$address/" "$address/" -w '%{num_connects}\n' | tr '\n' ' ')" = \
    "Hello, world! 1 Hello, world! 0 Hello, world! 0 " ] || fail "the connection is not kept"
[ "$(ask "$address/count?n=1000" | tail -n 1)" = 1000 ] || fail "chunks"
[ "$(ask -I -w '%{http_code}' -o /dev/null "$address/")" = 200 ] || fail "HEAD"
[ "$(ask -0 "$address/count?n=5" | wc -l)" = 5 ] || fail "HTTP/1.0"
[ "$(ask -o /dev/null -w '%{http_code}' "$address/nothing")" = 404 ] || fail "404"

head -c 700000 /dev/urandom >"$work/data"
ask --data-binary "@$work/data" "$address/echo" | cmp - "$work/data" || fail "a body"
ask -H 'Transfer-Encoding: chunked' --data-binary "@$work/data" "$address/echo" |
    cmp - "$work/data" || fail "a body in chunks"
ask -H 'Expect: 100-continue' --data-binary "@$work/data" "$address/echo" |
    cmp - "$work/data" || fail "a body that waits"
head -c 1100000 /dev/zero >"$work/data"
[ "$(ask -o /dev/null -w '%{http_code}' --data-binary "@$work/data" "$address/echo")" = 413 ] ||
    fail "413"
long=$(head -c 9000 /dev/zero | tr '\0' a)
[ "$(ask -o /dev/null -w '%{http_code}' -H "A: $long" "$address/")" = 431 ] || fail "431"

ask "$address/sleep?ms=300" >"$work/late" &
late=$!
until [ "$(ask "$address/")" = "Hello, world!" ]; do :; done
end
wait $late || [ ! -s "$work/late" ] || fail "half an answer"
