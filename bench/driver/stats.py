# SPDX-License-Identifier: MIT
"""The arithmetic of the benchmarks, and how its figures are written."""

import math
import statistics

median = statistics.median


def ratio(peer, own):
    """How many times the peer's figure is ours; None where it cannot be told."""
    return peer / own if peer is not None and own else None


def geometric_mean(values):
    values = list(values)
    if not values or min(values) <= 0:
        return None
    return math.exp(sum(map(math.log, values)) / len(values))


def overlap(a, b):
    """Whether two lists of samples cannot be told apart: their ranges meet."""
    return min(a) <= max(b) and min(b) <= max(a)


def show(value):
    """Three digits that mean something, and all of those before the point."""
    if value is None:
        return "-"
    if value == 0:
        return "0"
    digits = 2 - math.floor(math.log10(abs(value)))
    return f"{value:.{min(max(digits, 0), 3)}f}"


def show_ratio(value):
    return "-" if value is None else f"{value:.2f}" if value < 100 else f"{value:.0f}"


def show_spread(samples):
    return f"[{show(min(samples))} .. {show(max(samples))}]"


def cliffs(points, factor=3):
    """Where a curve leaps: points (x, cost) that cost more than factor times as much
    as the one before or after them, as (x, neighbour's x, times)."""
    found = []
    for (x, cost), (y, other) in zip(points, points[1:]):
        if min(cost, other) <= 0:
            continue
        if other > factor * cost:
            found.append((y, x, other / cost))
        elif cost > factor * other:
            found.append((x, y, cost / other))
    return found
