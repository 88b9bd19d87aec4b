# SPDX-License-Identifier: MIT
"""The tables of bench/servers/run.sh, as Markdown, from its samples:
lines "kind side workload connections NAME=VALUE...".

As a program: servers.py BUILD SAMPLES."""

import pathlib
import sys

from render import bullets, heading, markdown_rows
from sides import NAMES, machine, version_of
from stats import median, ratio, show, show_ratio

TITLES = {
    "echo": "echo, 64 bytes; own client",
    "http": "HTTP, 14 bytes; own client",
    "wrk": "HTTP, 14 bytes; wrk",
    "redis": "Redis, PING; own client",
    "rbench": "Redis, SET and GET; redis-benchmark",
    "proxy": "proxy, 64 bytes; own client",
    "chat": "chat, rooms of 10; own client",
}
GOAL = 1.3  # times Go's requests per CPU second


def read_samples(lines):
    """kind -> (workload, connections) -> side -> name -> values, in the order of the lines."""
    found = {}
    for line in lines:
        kind, side, workload, connections, *pairs = line.split()
        values = found.setdefault(kind, {}).setdefault((workload, int(connections)), {}).setdefault(side, {})
        for pair in pairs:
            name, value = pair.split("=", 1)
            values.setdefault(name, []).append(float(value))
    return found


def value(row, side, name):
    samples = row.get(side, {}).get(name)
    return median(samples) if samples else None


def latency(us):
    if us is None:
        return "-"
    if us < 1000:
        return f"{us:.0f} us"
    return f"{us / 1000:.1f} ms" if us < 10000 else f"{us / 1000:.0f} ms"


def sides_of(rows):
    there = {side for row in rows.values() for side in row}
    return [side for side in NAMES if side in there]


def compared(rows, what, name, inverse=False):
    """A table with ratios: above 1 we are ahead.  inverse: less is better."""
    names = sides_of(rows)
    header = [what, "connections", "C"]
    for side in names[1:]:
        header += [NAMES[side], "ratio"]
    lines = []
    for (workload, connections), row in rows.items():
        own = value(row, "c", name)
        cells = [TITLES[workload], str(connections), f"**{show(own)}**"]
        for side in names[1:]:
            other = value(row, side, name)
            times = ratio(other, own) if inverse else ratio(own, other) if own is not None else None
            cells += [show(other), show_ratio(times)]
        lines.append(cells)
    return markdown_rows(header, lines)


def plain(rows, what, name, write):
    """A table without ratios: one figure for each side."""
    names = sides_of(rows)
    lines = [[TITLES[workload], str(connections), *(write(value(row, side, name)) for side in names)]
             for (workload, connections), row in rows.items()]
    return markdown_rows([what, "connections", *(NAMES[side] for side in names)], lines)


def verdict(rows):
    """How often the goals beside Go are reached, for the rows that both have."""
    known = [row for row in rows.values() if value(row, "c", "percpu") and value(row, "go", "percpu")]
    if not known:
        return "Go was not measured."
    reached = sum(value(row, "c", "percpu") >= GOAL * value(row, "go", "percpu") for row in known)
    no_later = sum(value(row, "c", "p99") <= value(row, "go", "p99") for row in known)
    return (f"At least {GOAL} times Go's requests per CPU second: {reached} of {len(known)}. "
            f"No later p99: {no_later} of {len(known)}.")


def markdown(samples):
    lines = []
    if "load" in samples:
        load = samples["load"]
        lines += ["", *compared(load, "requests per CPU second", "percpu"), "", verdict(load), "",
                  *plain(load, "99th percentile", "p99", latency), "",
                  *plain(load, "requests per second", "rate", show)]
    if "idle" in samples:
        lines += ["", *compared(samples["idle"], "bytes of an idle connection", "idle_bytes", True)]
    return "\n".join(lines)


def main(build, path):
    samples = read_samples(path.read_text().splitlines())
    names = sorted({side for rows in samples.values() for side in sides_of(rows)}, key=list(NAMES).index)
    what = {"machine": machine(), "absent": {},
            "versions": {side: version_of(build, side) for side in names}}
    print("\n".join(["", *bullets(heading(what)), markdown(samples)]))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
