# SPDX-License-Identifier: MIT
"""How cost grows: the curves of bench/growth, and the cliffs in them."""

from measure import Cell
from render import bullets, heading, markdown_rows
from sides import NAMES
from stats import cliffs, median, show

STEP = 3  # a point that costs so many times its neighbour is a cliff


def command_of(bench, curve, side, x):
    """(command, procs) of one point."""
    if curve.axis == "procs":
        return bench.command(side, curve.program, curve.count), x
    if curve.axis.startswith("count:"):
        return [bench.command(side, curve.program, 1)[0], x], "all"
    # Less work than there are workers is no work for some.
    program, count, *_ = bench.command(side, curve.program, curve.count)
    return [program, max(count, x), x], "all"


def per_element(curve, unit, x):
    """What a value is multiplied with, and its unit: a whole in ms becomes ns for each."""
    if curve.axis.startswith("count:") and unit == "ms":
        return 1e6 / x, "ns"
    return 1, unit


def point(curve, x, cell):
    if cell.failure:
        return {"x": x, "failure": cell.failure, "detail": cell.detail}
    factor, unit = per_element(curve, cell.unit, x)
    samples = [v * factor for v in cell.samples]
    return {"x": x, "unit": unit, "median": median(samples), "least": min(samples),
            "greatest": max(samples)}


def measure_points(bench, curve, names, say):
    """side -> its points.  Where more is asked than a side could do before, it is not asked."""
    found = {side: [] for side in names}
    given_up = set()
    for x in curve.points:
        say(f"{curve.name}, {x}")
        asked = [side for side in names if side not in given_up]
        commands, procs = {}, "all"
        for side in asked:
            commands[side], procs = command_of(bench, curve, side, x)
        cells = bench.turns(commands, procs, {side: [curve.figure] for side in asked})
        for side in names:
            cell = cells[side][curve.figure] if side in asked else Cell(failure="not tried")
            found[side].append(point(curve, x, cell))
            if cell.failure and curve.axis != "procs":
                given_up.add(side)
    return found


def find_cliffs(curve, found, explained):
    cliff_list = []
    for side, points in found.items():
        known = [(p["x"], p["median"]) for p in points if "median" in p]
        for x, neighbour, times in cliffs(known, STEP):
            cliff_list.append({"side": side, "x": x, "neighbour": neighbour, "times": times,
                               "why": explained.get((curve.name, side, x))})
    return cliff_list


def axis_text(axis):
    return "Ps (GOMAXPROCS)" if axis == "procs" else axis.split(":", 1)[1]


def measure_curve(bench, curve, names, explained, say):
    names = [s for s in curve.sides if s in names and bench.has(s, curve.program)]
    found = measure_points(bench, curve, names, say)
    units = [p["unit"] for points in found.values() for p in points if "unit" in p]
    return {"name": curve.name, "what": curve.what, "axis": curve.axis, "x": axis_text(curve.axis),
            "unit": units[0] if units else "", "sides": found,
            "cliffs": find_cliffs(curve, found, explained)}


def points_of(curve):
    return [p["x"] for p in next(iter(curve["sides"].values()), [])]


def point_text(p):
    return p["failure"] if "failure" in p else show(p["median"])


def curve_rows(curve):
    return [[NAMES[side], curve["unit"], *map(point_text, points)]
            for side, points in curve["sides"].items()]


def cliff_text(cliff):
    # Those of the peers are theirs to explain.
    why = cliff["why"] or ("NOT EXPLAINED." if cliff["side"] == "c" else "")
    return (f"{NAMES[cliff['side']]} at {cliff['x']}: {cliff['times']:.1f} times the cost at "
            f"{cliff['neighbour']}. {why}").rstrip()


def explain(results, explained):
    """Cliffs are explained after they were found: results of before take what is known now."""
    for curve in results["curves"]:
        for cliff in curve["cliffs"]:
            cliff["why"] = explained.get((curve["name"], cliff["side"], cliff["x"]))


def legend(results):
    text = (f"Medians of {results['rounds']}, all sides in turn; the shade of a curve is from the "
            f"least to the greatest. A point that costs more than {STEP} times what one beside it "
            "costs is a cliff.")
    if results["quick"]:
        text += " Quick: a tenth of the work, so these are no figures to quote."
    return text


def text(results):
    lines = heading(results) + [legend(results)]
    for curve in results["curves"]:
        lines += ["", f"== {curve['what']}, {curve['unit']}, over {curve['x']}"]
        for row in [["", "", *map(str, points_of(curve))], *curve_rows(curve)]:
            lines.append(f"{row[0]:14}" + "".join(f"{cell:>10}" for cell in row[2:]))
        lines += ["CLIFF: " + cliff_text(cliff) for cliff in curve["cliffs"]]
    return "\n".join(lines)


def markdown(results, images=None):
    """images: curve's name -> path of its plot."""
    lines = bullets(heading(results)) + ["", legend(results)]
    for curve in results["curves"]:
        lines += ["", f"## {curve['what']}", ""]
        if images and curve["name"] in images:
            lines += [f"![{curve['what']}, over {curve['x']}]({images[curve['name']]})", ""]
        header = [curve["x"], "", *map(str, points_of(curve))]
        lines += markdown_rows(header, curve_rows(curve))
        if curve["cliffs"]:
            lines += ["", *bullets(map(cliff_text, curve["cliffs"]))]
    return "\n".join(lines) + "\n"


def own_failed(results):
    return any("failure" in p for curve in results["curves"] for p in curve["sides"].get("c", []))
