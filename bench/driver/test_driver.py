#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT
"""Tests of the driver: its arithmetic, its tables, and runs of programs that are made up here."""

import io
import json
import pathlib
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout

import config
import growth
import measure
import render
import results as r
import run
import servers
import sides
import stats

MACHINE = {"cpus": 2, "model": "m", "memory_gib": 1.0, "kernel": "Linux", "load": 0.5}


def row(figure, kind="speed", goals=(), **cells):
    made = {side: {"samples": v, "cpu": v} if isinstance(v, list) else v for side, v in cells.items()}
    return {"figure": figure, "program": figure, "what": f"what {figure} is", "unit": "ns",
            "kind": kind, "goals": goals, "cells": made}


def table(*rows, procs="all"):
    return {"procs": procs, "sides": list(rows[0]["cells"]), "rows": list(rows)}


def results(*tables):
    return {"machine": MACHINE, "versions": {"c": "one"}, "absent": {"rust": "no cargo"}, "rounds": 5,
            "quick": False, "tables": list(tables)}


class Arithmetic(unittest.TestCase):
    def test_ratio_is_the_peer_over_ours(self):
        self.assertEqual(stats.ratio(30, 10), 3)
        self.assertIsNone(stats.ratio(None, 10))
        self.assertIsNone(stats.ratio(30, None))
        self.assertIsNone(stats.ratio(30, 0))

    def test_geometric_mean(self):
        self.assertAlmostEqual(stats.geometric_mean([2, 8]), 4)
        self.assertAlmostEqual(stats.geometric_mean([0.5, 2]), 1)
        self.assertIsNone(stats.geometric_mean([]))

    def test_median_of_an_even_number(self):
        self.assertEqual(stats.median([4, 1, 3, 2]), 2.5)
        self.assertEqual(stats.median([9, 1, 5]), 5)

    def test_three_digits(self):
        for value, text in ((0, "0"), (0.2781, "0.278"), (3.412, "3.41"), (58.54, "58.5"),
                            (125.4, "125"), (19675.3, "19675"), (0.00004, "0.000"), (None, "-")):
            self.assertEqual(stats.show(value), text)

    def test_ranges_that_meet(self):
        self.assertTrue(stats.overlap([1, 3], [2, 9]))
        self.assertTrue(stats.overlap([2, 9], [1, 2]))
        self.assertFalse(stats.overlap([1, 2], [3, 4]))

    def test_cliffs_in_both_directions(self):
        points = [(1, 10), (2, 11), (4, 40), (8, 41), (16, 5)]
        self.assertEqual(stats.cliffs(points), [(4, 2, 40 / 11), (8, 16, 41 / 5)])
        self.assertEqual(stats.cliffs([(1, 10), (2, 30)]), [])


class Judgement(unittest.TestCase):
    def setUp(self):
        self.table = table(
            row("fast", c=[10, 10, 40], go=[80, 20, 81], goals=[("all", "3x"), ("1", "<=1")]),
            row("slow", c=[10], go=[5], goals=[("all", "<=9")]),
            row("late", kind="delay", c=[1], go=[100]),
            row("alone", c=[3], go={"missing": "Go has none"}),
            row("broken", c=[3], go={"failure": "over 60 s", "detail": ""}))

    def test_means_over_speeds_and_over_all(self):
        speeds, number, everything, total = r.means(self.table, "go")
        self.assertAlmostEqual(speeds, 2)
        self.assertAlmostEqual(everything, 400 ** (1 / 3))
        self.assertEqual((number, total), (2, 3))

    def test_rows_below_and_behind(self):
        self.assertEqual(r.below(self.table, "go", 1.5), [("slow", 0.5)])
        self.assertEqual(r.ahead(self.table), [("slow", "go", 0.5, False)])
        self.assertEqual(r.left_out(self.table), {"delay": ["late"]})

    def test_goals_are_those_of_so_many_ps(self):
        fast, slow, late = self.table["rows"][:3]
        self.assertEqual([r.verdict(x, "all") for x in (fast, slow, late)], ["yes", "no", "-"])
        self.assertEqual(r.verdict(fast, "1"), "no")

    def test_a_goal_that_cannot_be_told(self):
        alone = row("x", c=[1], go={"missing": ""}, goals=[("all", "3x")])
        self.assertEqual(r.verdict(alone, "all"), "-")

    def test_what_failed_and_what_is_missing(self):
        self.assertEqual(r.failures(self.table), [("broken", "go", "over 60 s", "")])
        self.assertEqual(r.reasons(self.table), {("go", "Go has none"): ["alone"]})
        self.assertFalse(r.own_failed({"tables": [self.table]}))
        bad = table(row("x", c={"failure": "failed", "detail": ""}, go=[1]))
        self.assertTrue(r.own_failed({"tables": [bad]}))


class Tables(unittest.TestCase):
    def setUp(self):
        self.results = results(table(
            row("fast", c=[10, 12, 11], go=[80, 70, 60], goals=[("all", "3x")]),
            row("gone", c=[3], go={"missing": "Go has none"}),
            row("hung", c=[3], go={"failure": "over 60 s", "detail": ""})))

    def test_text(self):
        lines = render.text(self.results).splitlines()
        fast = next(line for line in lines if line.startswith("what fast is"))
        self.assertEqual(fast.split()[3:], ["ns", "11.0", "[10.0", "..", "12.0]", "11.0", "70.0", "70.0",
                                            "6.36", "3x", "yes"])
        self.assertIn("Geometric mean beside Go: 6.36 over 1 speeds (goal 5).", lines)
        self.assertIn("Go lacks gone: Go has none", lines)
        self.assertIn("FAILED: Go, hung: over 60 s", lines)
        self.assertIn("Rust is left out: no cargo.", lines)

    def test_text_gives_up_detail_for_width(self):
        only = self.results["tables"][0]
        full = max(map(len, render.text_table(only)))
        for width in (full, full - 1, 60):
            lines = render.text_table(only, width)
            self.assertLessEqual(max(map(len, lines)), width)
        self.assertNotIn("[10.0", "\n".join(lines))
        self.assertIn("6.36", "\n".join(lines))

    def test_markdown_rows_are_as_wide_as_their_head(self):
        lines = [x for x in render.markdown(self.results).splitlines() if x.startswith("|")]
        time, cpu = lines[:5], lines[5:]
        for part in (time, cpu):
            self.assertEqual(len({x.count("|") for x in part}), 1)
        self.assertIn("| **11.0** [10.0 .. 12.0] | 70.0 [60.0 .. 80.0] | 6.36 | 3x | yes |", time[2])
        self.assertIn("| over 60 s | - |", time[4])

    def test_markdown_replaces_what_stands_between_its_markers(self):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.md"
            render.write_markdown(page, "first\n", "Head")
            page.write_text(page.read_text() + "by hand\n")
            render.write_markdown(page, "second\n", "Head")
            text = page.read_text()
        self.assertIn("# Head", text)
        self.assertIn("second", text)
        self.assertNotIn("first", text)
        self.assertTrue(text.endswith("by hand\n"))


class Servers(unittest.TestCase):
    def test_tables(self):
        rows = servers.read_samples([
            "load c echo 10 percpu=130 p99=10 rate=5", "load go echo 10 percpu=100 p99=10 rate=6",
            "load c echo 10 percpu=150 p99=30 rate=5", "load c chat 10 percpu=120 p99=1 rate=5",
            "load go chat 10 percpu=100 p99=0.5 rate=7", "load rust echo 10 percpu=280 p99=2000 rate=8",
            "idle c echo 100 idle_bytes=5", "idle go echo 100 idle_bytes=10"])
        text = servers.markdown(rows)
        self.assertIn("| echo, 64 bytes; own client | 10 | **140** | 100 | 1.40 | 280 | 0.50 |", text)
        self.assertIn("| chat, rooms of 10; own client | 10 | **120** | 100 | 1.20 | - | - |", text)
        self.assertIn("| echo, 64 bytes; own client | 10 | 20 us | 10 us | 2.0 ms |", text)
        self.assertIn("| echo, 64 bytes; own client | 100 | **5.00** | 10.0 | 2.00 |", text)
        self.assertIn("per CPU second: 1 of 2. No later p99: 0 of 2.", text)


class MadeUp(unittest.TestCase):
    """Runs of programs that are shell scripts."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.build = pathlib.Path(folder.name)

    def program(self, side, name, script):
        path = sides.program_of(self.build, side, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n" + script)
        path.chmod(0o755)
        return path

    def bench(self, counts=(), rounds=3, divisor=1, timeout=60):
        return measure.Bench(self.build, dict(counts), rounds, divisor, timeout)

    def measure(self, bench, *workloads, missing=(), procs="all", names=("c", "go")):
        return r.measure_table(bench, workloads, dict(missing), names, procs, lambda text: None)

    @staticmethod
    def workload(figure, program, count=100):
        return config.Workload(figure, program, count, "speed", (), True, "what")

    def test_figures(self):
        figures = measure.parse_figures("a 1.5 ns\nb.c 20 ms 3.25\n")
        self.assertEqual(figures["a"], measure.Figure("ns", 1.5, None))
        self.assertEqual(figures["b.c"], measure.Figure("ms", 20, 3.25))
        for wrong in ("a 1.5\n", "a x ns\n", "a 1 ns 2 3\n", "a inf ns\n", "\n"):
            self.assertRaises(ValueError, measure.parse_figures, wrong)

    def test_how_runs_fail(self):
        for script, timeout, failure, detail in (
                ("echo wrong sum >&2; exit 1", 60, "failed", "wrong sum"),
                ("exit 3", 60, "failed", "exit status 3"),
                ("kill -SEGV $$", 60, "failed", "SIGSEGV"),
                ("echo nothing of the kind", 60, "failed", "not a figure: nothing of the kind"),
                ("sleep 30 & wait", 0.2, "over 0.2 s", "")):
            outcome = measure.run_program([self.program("c", "x", script)], "all", timeout)
            self.assertEqual((outcome.failure, outcome.detail), (failure, detail))

    def test_gomaxprocs_and_count_reach_the_program(self):
        path = self.program("c", "x", 'echo "a $1 ns ${GOMAXPROCS:-0}"')
        self.assertEqual(measure.run_program([path, 7], 3).figures["a"].cpu, 3)
        self.assertEqual(measure.run_program([path, 7], "all").figures["a"].cpu, 0)
        bench = self.bench({("c", "x"): 50}, divisor=10)
        self.assertEqual(bench.command("c", "x", 1000, 8), [path, 5, 8])
        self.assertEqual(bench.command("go", "x", 1000)[1], 100)

    def test_sides_take_turns_and_who_begins_changes(self):
        log = self.build / "log"
        for side in ("c", "go", "st"):
            self.program(side, "x", f"echo {side} >>{log}; echo a 1 ns")
        got = self.measure(self.bench(), self.workload("a", "x"), names=("c", "go", "st"))
        self.assertEqual(log.read_text().split(), "c go st go st c st c go".split())
        self.assertEqual(got["rows"][0]["cells"]["st"]["samples"], [1, 1, 1])

    def test_a_side_that_fails_once_has_failed(self):
        log = self.build / "log"
        self.program("c", "x", "echo a 1 ns")
        self.program("go", "x", f"echo >>{log}; [ $(wc -l <{log}) != 2 ] && echo a 1 ns")
        cells = self.measure(self.bench(rounds=5), self.workload("a", "x"))["rows"][0]["cells"]
        self.assertEqual(cells["go"], {"failure": "failed", "detail": "exit status 1"})
        self.assertEqual(cells["c"]["samples"], [1] * 5)
        self.assertEqual(len(log.read_text()), 2)

    def test_figures_that_are_missing(self):
        self.program("c", "x", "echo a 1 ns; echo b 2 ns; echo c 3 ns")
        self.program("go", "x", "echo a 4 ns")
        work = [self.workload(f, "x") for f in "abc"] + [self.workload("d", "y")]
        rows = self.measure(self.bench(), *work, missing={("go", "b"): "no b"})["rows"]
        self.assertEqual(rows[0]["cells"]["go"]["samples"], [4, 4, 4])
        self.assertEqual(rows[1]["cells"]["go"], {"missing": "no b"})
        self.assertEqual(rows[2]["cells"]["go"]["detail"], "prints no such figure")
        self.assertEqual(rows[3]["cells"]["c"], {"missing": r.NO_PROGRAM})

    def test_growth(self):
        # Twice the time at 4 Ps, seven times that at 8.
        self.program("c", "x", 'echo "a $(($GOMAXPROCS < 4 ? 1 : $GOMAXPROCS < 8 ? 2 : 14)) ns"')
        curve = config.Curve("x-procs", "x", "a", 10, "procs", (1, 2, 4, 8), ("c", "go"), "what")
        got = growth.measure_curve(self.bench(), curve, ("c", "go"), {}, lambda text: None)
        self.assertEqual([p["median"] for p in got["sides"]["c"]], [1, 1, 2, 14])
        self.assertEqual(list(got["sides"]), ["c"])
        self.assertEqual(got["cliffs"],
                         [{"side": "c", "x": 8, "neighbour": 4, "times": 7, "why": None}])
        self.assertIn("NOT EXPLAINED", growth.markdown({**results(), "curves": [got]}))

    def test_growth_has_work_for_all(self):
        self.program("c", "x", 'echo "a $1 ns $2"')
        curve = config.Curve("x", "x", "a", 500, "arg:pairs", (10, 1000), ("c",), "what")
        points = growth.measure_curve(self.bench(), curve, ("c",), {}, lambda text: None)["sides"]["c"]
        self.assertEqual([p["median"] for p in points], [500, 1000])

    def test_growth_of_a_whole_is_of_each(self):
        self.program("c", "x", '[ $1 -gt 100 ] && exit 1; echo "a $1 ms"')
        curve = config.Curve("x", "x", "a", 0, "count:leaves", (10, 100, 1000, 10000), ("c",), "what")
        points = growth.measure_curve(self.bench(), curve, ("c",), {}, lambda text: None)["sides"]["c"]
        self.assertEqual([p.get("median") for p in points], [1e6, 1e6, None, None])
        self.assertEqual([p.get("failure") for p in points[2:]], ["failed", "not tried"])

    def test_whole_run(self):
        self.program("c", "spawn", "echo spawn 2 ns 2")
        self.program("st", "spawn", "echo spawn 1 ns")
        page, data = self.build / "page.md", self.build / "data.json"
        given = [str(self.build), "--quick", "--one", "--only", "^spawn$", "--sides", "c,st,fiber",
                 "--markdown", str(page), "--json", str(data)]
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            self.assertEqual(run.main(given), 0)
        self.assertIn("A peer is ahead: spawn: State Threads 0.50", out.getvalue())
        self.assertIn("Boost.Fiber is left out", out.getvalue())
        stored = json.loads(data.read_text())
        self.assertEqual([t["procs"] for t in stored["tables"]], ["all", "1"])
        self.assertEqual(stored["tables"][0]["sides"], ["c"])
        first = page.read_text()
        with redirect_stdout(io.StringIO()):
            run.main([str(self.build), "--from", str(data), "--markdown", str(page)])
        self.assertEqual(page.read_text(), first)


class Lists(unittest.TestCase):
    """bench/workloads, missing, counts and growth fit each other and the programs."""

    def setUp(self):
        self.workloads = config.read_workloads()
        self.figures = {w.figure: w.program for w in self.workloads}
        self.programs = set(self.figures.values())

    def test_each_figure_once(self):
        self.assertEqual(len(self.figures), len(self.workloads))

    def test_one_count_for_a_program(self):
        for program in self.programs:
            counts = {w.count for w in self.workloads if w.program == program}
            self.assertEqual(len(counts), 1, program)

    def test_every_side_has_a_program_or_a_reason(self):
        missing = config.read_missing()
        for side in sides.NAMES:
            for program in self.programs:
                there, why = sides.source_of(side, program).exists(), (side, program) in missing
                with self.subTest(f"{side} {program}: a program, or else a line in bench/missing"):
                    self.assertNotEqual(there, why)

    def test_what_is_missing_is_known(self):
        for side, name in config.read_missing():
            self.assertIn(side, sides.NAMES)
            self.assertIn(name, self.programs | set(self.figures), f"bench/missing: {side} {name}")

    def test_counts_are_of_programs_that_there_are(self):
        for side, program in config.read_counts():
            self.assertIn(program, self.programs, f"bench/counts: {side}")
            self.assertTrue(sides.source_of(side, program).exists(), f"bench/counts: {side} {program}")

    def test_curves_are_of_figures_that_there_are(self):
        curves, explained = config.read_growth()
        names = {curve.name: curve for curve in curves}
        self.assertEqual(len(names), len(curves))
        for curve in curves:
            self.assertEqual(self.figures.get(curve.figure), curve.program, curve.name)
            self.assertEqual(sorted(curve.points), list(curve.points), curve.name)
            self.assertEqual(curve.count == 0, curve.axis.startswith("count:"), curve.name)
        for name, side, x in explained:
            self.assertIn(x, names[name].points, name)
            self.assertIn(side, names[name].sides, name)


if __name__ == "__main__":
    unittest.main()
