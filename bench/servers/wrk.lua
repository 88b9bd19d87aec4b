-- SPDX-License-Identifier: MIT
-- One line of NAME=VALUE pairs, latencies in microseconds: see run.sh.
function done(summary, latency, requests)
    local errors = summary.errors
    local bad = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    io.write(string.format(
        "requests=%d rate=%.0f p50=%.1f p99=%.1f p999=%.1f max=%.1f errors=%d\n",
        summary.requests, summary.requests / summary.duration * 1e6, latency:percentile(50),
        latency:percentile(99), latency:percentile(99.9), latency.max, bad))
end
