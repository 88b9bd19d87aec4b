# SPDX-License-Identifier: MIT
"""What was measured, as plain data (the JSON file), and what follows from it.

A table: {"procs", "sides", "rows"}.  A row: {"figure", "program", "what", "unit", "kind",
"goals", "cells"}.  A cell, by side: {"samples", "cpu"}, {"failure", "detail"} or {"missing"}."""

from stats import geometric_mean, median, overlap, ratio

NO_PROGRAM = "no such program here"


def cell_data(cell):
    if cell.failure:
        return {"failure": cell.failure, "detail": cell.detail}
    return {"samples": cell.samples, "cpu": cell.cpu}


def why_missing(missing, side, workload, has):
    """Why the side has no such row, or None where it has."""
    for name in (workload.figure, workload.program):
        if (side, name) in missing:
            return missing[side, name]
    return None if has else NO_PROGRAM


def row_data(workload, cells):
    """cells: side -> Cell, or why there is none."""
    units = [c.unit for c in cells.values() if not isinstance(c, str) and c.unit]
    return {
        "figure": workload.figure,
        "program": workload.program,
        "what": workload.what,
        "unit": units[0] if units else "",
        "kind": workload.kind,
        "goals": workload.goals,
        "cells": {s: {"missing": c} if isinstance(c, str) else cell_data(c)
                  for s, c in cells.items()},
    }


def value(row, side, what="samples"):
    """The median, or None where there is no sample."""
    samples = row["cells"].get(side, {}).get(what)
    return median(samples) if samples else None


def row_ratio(row, side, what="samples"):
    """The peer's figure over ours: above 1 we are ahead."""
    return ratio(value(row, side, what), value(row, "c", what))


def verdict(row, procs):
    """What the row's goals for so many Ps say: yes, no, or - where it cannot be told."""
    verdicts = set()
    for where, goal in row["goals"]:
        if where != procs:
            continue
        if goal.startswith("<="):
            own = value(row, "c")
            reached = None if own is None else own <= float(goal[2:])
        else:
            times = row_ratio(row, "go")
            reached = None if times is None else times >= float(goal.removesuffix("x"))
        verdicts.add({None: "-", True: "yes", False: "no"}[reached])
    return next((v for v in ("no", "-", "yes") if v in verdicts), "-")


def goals_text(row, procs):
    return ",".join(goal for where, goal in row["goals"] if where == procs) or "-"


def means(table, peer):
    """Geometric means of the ratios to a peer: (speeds, how many, all rows, how many)."""
    known = [(row["kind"], row_ratio(row, peer)) for row in table["rows"]]
    everything = [times for _, times in known if times]
    speeds = [times for kind, times in known if times and kind == "speed"]
    return geometric_mean(speeds), len(speeds), geometric_mean(everything), len(everything)


def left_out(table):
    """kind -> figures that are in the table and have no part in the mean of the speeds."""
    found = {}
    for row in table["rows"]:
        if row["kind"] != "speed" and row_ratio(row, "go"):
            found.setdefault(row["kind"], []).append(row["figure"])
    return found


def below(table, peer, least):
    """(figure, ratio) of the rows where we are less than so many times ahead."""
    known = ((row["figure"], row_ratio(row, peer)) for row in table["rows"])
    return [(figure, times) for figure, times in known if times is not None and times < least]


def ahead(table):
    """(figure, peer, ratio, whether the samples overlap) of the rows where a peer is ahead."""
    found = []
    for row in table["rows"]:
        for peer in table["sides"]:
            times = row_ratio(row, peer)
            if peer != "c" and times is not None and times < 1:
                cells = row["cells"]
                close = overlap(cells["c"]["samples"], cells[peer]["samples"])
                found.append((row["figure"], peer, times, close))
    return found


def failures(table):
    """(program, side, figure's failure, detail), each program once."""
    found = {}
    for row in table["rows"]:
        for side, cell in row["cells"].items():
            if "failure" in cell:
                found.setdefault((row["program"], side), (cell["failure"], cell["detail"]))
    return [(program, side, *why) for (program, side), why in found.items()]


def reasons(table):
    """(side, why) -> figures without a cell for that reason."""
    found = {}
    for row in table["rows"]:
        for side, cell in row["cells"].items():
            if "missing" in cell:
                found.setdefault((side, cell["missing"]), []).append(row["figure"])
    return found


def own_failed(results):
    return any(side == "c" for table in results["tables"] for _, side, *_ in failures(table))


def measure_table(bench, workloads, missing, names, procs, say):
    """Runs the programs of the workloads, each program's sides in turn."""
    rows = []
    programs = list(dict.fromkeys((w.program, w.count) for w in workloads))
    for program, count in programs:
        say(f"{program}, {procs}")
        mine = [w for w in workloads if w.program == program]
        why = {(s, w.figure): why_missing(missing, s, w, bench.has(s, program))
               for s in names for w in mine}
        figures = {s: [w.figure for w in mine if why[s, w.figure] is None] for s in names}
        commands = {s: bench.command(s, program, count) for s in names if figures[s]}
        cells = bench.turns(commands, procs, figures)
        for w in mine:
            rows.append(row_data(w, {s: why[s, w.figure] or cells[s][w.figure] for s in names}))
    say("")
    return {"procs": str(procs), "sides": list(names), "rows": rows}

