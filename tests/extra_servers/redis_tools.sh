#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# redis-cli and redis-benchmark with the Redis server.
. "$(dirname "$0")/serving.sh"

need redis-cli redis-benchmark
serve "$1/redis"
ask() { timeout 30 redis-cli -h "$host" -p "$port" "$@"; }

[ "$(ask ping)" = PONG ] || fail "ping"
[ "$(ask set greeting 'hello, world')" = OK ] || fail "set"
[ "$(ask get greeting)" = 'hello, world' ] || fail "get"
[ "$(ask incr n)$(ask incr n)" = 12 ] || fail "incr"
[ "$(ask mget n nothing greeting | tr '\n' ' ')" = '2  hello, world ' ] || fail "mget"
[ "$(ask expire n 100)$(ask expire nothing 100)" = 10 ] || fail "expire"
[ "$(ask del n greeting nothing)" = 2 ] || fail "del"
head -c 300000 /dev/urandom >"$work/data"
[ "$(ask -x set data <"$work/data")" = OK ] || fail "a large value in"
ask get data | head -c 300000 | cmp - "$work/data" || fail "a large value out"

for options in "-c 50" "-c 50 -P 16"; do
    # shellcheck disable=SC2086
    out=$(timeout 50 redis-benchmark -h "$host" -p "$port" $options -n 2000 -q -r 100 \
        -t ping,set,get,incr 2>&1) || fail "redis-benchmark: $out"
    [ "$(tr '\r' '\n' <<<"$out" | grep -c 'requests per second')" -ge 4 ] ||
        fail "redis-benchmark: $out"
done
end
