#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT
"""Measures the C programs of a build beside those of every peer that is installed."""

import argparse
import datetime
import json
import pathlib
import re
import shutil
import sys

import config
import growth
import measure
import plots
import render
import results as results_
import sides


def arguments(given):
    parser = argparse.ArgumentParser(prog="dev bench", description=__doc__)
    add = parser.add_argument
    add("build", type=lambda path: pathlib.Path(path).resolve(), help="a build folder with GO_BENCH=ON")
    add("--quick", action="store_true", help="a tenth of the work, once: whether it runs, not how fast")
    add("--one", action="store_true", help="once more with GOMAXPROCS=1, where State Threads is compared")
    add("--growth", action="store_true", help="the curves of bench/growth instead of the table")
    add("--only", default="", metavar="REGEX", help="only programs, figures or curves that match")
    add("--rounds", type=int, metavar="N", help="samples of each: 5, or 3 for a curve")
    add("--sides", default=",".join(sides.NAMES), metavar="LIST", help="of " + ",".join(sides.NAMES))
    add("--markdown", type=pathlib.Path, metavar="FILE", help="the tables, between its markers if it has them")
    add("--json", type=pathlib.Path, metavar="FILE", help="all samples")
    add("--svg", type=pathlib.Path, metavar="FOLDER", help="the plots")
    add("--from", dest="old", type=pathlib.Path, metavar="JSON", help="show what was measured before")
    options = parser.parse_args(given)
    options.sides = options.sides.split(",")
    for side in options.sides:
        if side not in sides.NAMES:
            parser.error(f"no such side: {side}")
    return options


def prepare(options):
    """Builds what is to be built: the sides that there are, and results with what they are."""
    names, absent = [], {}
    for side in options.sides:
        measure.say(f"building {sides.NAMES[side]}")
        try:
            sides.build_side(options.build, side)
            names.append(side)
        except sides.Absent as why:
            absent[side] = str(why)
    measure.say("")
    return names, {
        "SPDX-License-Identifier": "MIT",
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d"),
        "machine": sides.machine(),
        "versions": {side: sides.version_of(options.build, side) for side in names},
        "absent": absent,
        "quick": options.quick,
    }


def bench_of(options, rounds):
    rounds = options.rounds or (1 if options.quick else rounds)
    return measure.Bench(options.build, config.read_counts(), rounds, 10 if options.quick else 1)


def measure_tables(options):
    names, results = prepare(options)
    bench = bench_of(options, 5)
    results["rounds"] = bench.rounds
    wanted = [w for w in config.read_workloads()
              if re.search(options.only, w.figure) or re.search(options.only, w.program)]
    missing = config.read_missing()
    # It has one thread, however many CPUs there are.
    results["tables"] = [results_.measure_table(
        bench, wanted, missing, [s for s in names if s != "st"], "all", measure.say)]
    if options.one:
        wanted = [w for w in wanted if w.one]
        results["tables"].append(results_.measure_table(bench, wanted, missing, names, 1, measure.say))
    return results


def measure_growth(options):
    names, results = prepare(options)
    bench = bench_of(options, 3)
    results["rounds"] = bench.rounds
    curves, explained = config.read_growth()
    results["curves"] = [growth.measure_curve(bench, curve, names, explained, measure.say)
                         for curve in curves if re.search(options.only, curve.name)]
    measure.say("")
    return results


def draw(options, results):
    """The plots, if there can be any: Markdown's images for tables, or paths of curves."""
    tables, curves = [], {}
    try:
        if "tables" in results:
            tables = [(procs, text, render.relative(path, options.markdown))
                      for procs, text, path in plots.plot_results(results, options.svg)]
        for curve in results.get("curves", []):
            path = options.svg / f"{curve['name']}.svg"
            plots.plot_curve(curve, path)
            curves[curve["name"]] = render.relative(path, options.markdown)
    except plots.NoPlots as why:
        print(f"No plots: {why}.", file=sys.stderr)
    return tables, curves


def publish(options, results):
    """To the files that were asked for, and to the terminal."""
    # First what took minutes to measure.
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(results, indent=1) + "\n")
    tables, curves = draw(options, results) if options.svg else ([], {})
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    if "curves" in results:
        print(growth.text(results))
        body, headline = growth.markdown(results, curves), "How cost grows"
    else:
        print(render.text(results, width))
        body, headline = render.markdown(results, tables), "Measurements"
    if options.markdown:
        render.write_markdown(options.markdown, body, headline)


def main(given=None):
    options = arguments(given)
    if options.old:
        results = json.loads(options.old.read_text())
        if "curves" in results:
            growth.explain(results, config.read_growth()[1])
    elif options.growth:
        results = measure_growth(options)
    else:
        results = measure_tables(options)
    publish(options, results)
    failed = growth.own_failed if "curves" in results else results_.own_failed
    return 1 if failed(results) else 0


if __name__ == "__main__":
    sys.exit(main())
