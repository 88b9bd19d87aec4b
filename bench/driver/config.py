# SPDX-License-Identifier: MIT
"""What is measured: bench/workloads, bench/missing, bench/counts and bench/growth."""

import pathlib
from dataclasses import dataclass

BENCH = pathlib.Path(__file__).resolve().parent.parent

# A row's kind, and why it has no part in the geometric mean of the speeds.
KINDS = {
    "speed": None,
    "delay": "how late something comes, for which an idle kernel sets the floor",
    "memory": "bytes",
    "idle": "what a program costs that does nothing",
    "wait": "most of the time is a wait that the workload asks for",
}


@dataclass(frozen=True)
class Workload:
    figure: str
    program: str
    count: int
    kind: str
    goals: tuple  # of (procs, text): "all" or "1", "<=60" or "3x"
    one: bool  # measured with one P, too
    what: str


@dataclass(frozen=True)
class Curve:
    name: str
    program: str
    figure: str
    count: int
    axis: str  # procs: GOMAXPROCS, arg:NAME: the second argument, count:NAME: the first
    points: tuple
    sides: tuple
    what: str


def read_lines(path, fields):
    """The lines of a table that are no comments, split into so many fields."""
    rows = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        row = line.split(None, fields - 1)
        if len(row) != fields:
            raise ValueError(f"{path.name}:{number}: {fields} fields are needed: {line}")
        rows.append(row)
    return rows


def parse_goals(text):
    """ "3x,<=60,one<=61" - the last one is for one P. """
    if text == "-":
        return ()
    return tuple(("1", g[3:]) if g.startswith("one") else ("all", g) for g in text.split(","))


def read_workloads(bench=BENCH):
    found = []
    for figure, program, count, kind, goals, one, what in read_lines(bench / "workloads", 7):
        if kind not in KINDS:
            raise ValueError(f"workloads: {figure}: no such kind: {kind}")
        found.append(Workload(figure, program, int(count), kind, parse_goals(goals), one == "+", what))
    return found


def read_missing(bench=BENCH):
    """(side, program or figure) -> why the side lacks it."""
    return {(side, name): why for side, name, why in read_lines(bench / "missing", 3)}


def read_counts(bench=BENCH):
    """(side, program) -> the count that the side can bear."""
    return {(side, name): int(count) for side, name, count in read_lines(bench / "counts", 3)}


def read_growth(bench=BENCH):
    """The curves, and (curve, side, x) -> what explains the cliff there."""
    curves, explained = [], {}
    for first, rest in read_lines(bench / "growth", 2):
        if first == "cliff":
            curve, side, x, why = rest.split(None, 3)
            explained[curve, side, int(x)] = why
            continue
        program, figure, count, axis, points, sides, what = rest.split(None, 6)
        if axis != "procs" and not axis.startswith(("arg:", "count:")):
            raise ValueError(f"growth: {first}: no such axis: {axis}")
        points = tuple(int(p) for p in points.split(","))
        count = 0 if count == "-" else int(count)
        curves.append(Curve(first, program, figure, count, axis, points, tuple(sides.split(",")), what))
    return curves, explained
