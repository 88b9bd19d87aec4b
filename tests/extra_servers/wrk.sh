#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# wrk with the HTTP server, which is asked to end while wrk is at it.
. "$(dirname "$0")/serving.sh"

need wrk
serve "$1/http"
out=$(timeout 50 wrk -t1 -c 50 -d 1s --timeout 30s "http://$address/") || fail "wrk: $out"
if grep -E 'Socket errors|Non-2xx' <<<"$out"; then
    fail "$out"
fi
[ "$(sed -n 's/ *\([0-9]*\) requests in .*/\1/p' <<<"$out")" -gt 0 ] || fail "$out"

# At whatever moment the signal comes.
wrk -t1 -c 50 -d 60s --timeout 30s "http://$address/" >"$work/out" 2>&1 &
client=$!
sleep 0.3
end
kill $client
wait $client || true
