# SPDX-License-Identifier: MIT
"""Runs the programs in turn and collects what they print."""

import math
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field

import sides as sides_

TIMEOUT = 60


@dataclass
class Figure:
    unit: str
    value: float
    cpu: float = None


@dataclass
class Outcome:
    """One run: its figures by name, or how it failed."""

    figures: dict = field(default_factory=dict)
    failure: str = None  # as the table shows it
    detail: str = ""


@dataclass
class Cell:
    """The samples of one figure of one side."""

    unit: str = ""
    samples: list = field(default_factory=list)
    cpu: list = field(default_factory=list)
    failure: str = None
    detail: str = ""

    def add(self, figure):
        self.unit = figure.unit
        self.samples.append(figure.value)
        if figure.cpu is not None:
            self.cpu.append(figure.cpu)


def parse_figures(text):
    """Lines "name value unit" or "name value unit cpu"; ValueError for any other."""
    figures = {}
    for line in text.splitlines():
        name, value, unit, *cpu = line.split()
        numbers = [float(n) for n in (value, *cpu)]
        if len(cpu) > 1 or not all(map(math.isfinite, numbers)):
            raise ValueError(line)
        figures[name] = Figure(unit, *numbers)
    return figures


def last_line(text):
    lines = text.strip().splitlines()
    return lines[-1] if lines else ""


def how_it_ended(status):
    return signal.Signals(-status).name if status < 0 else f"exit status {status}"


def run_program(command, procs, timeout=TIMEOUT):
    """One run with GOMAXPROCS=procs, or without where that is "all"."""
    environment = {k: v for k, v in os.environ.items() if k != "GOMAXPROCS"}
    if procs != "all":
        environment["GOMAXPROCS"] = str(procs)
    # A session of its own, so that nothing that it started outlives it.
    with subprocess.Popen([str(c) for c in command], env=environment, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, start_new_session=True) as child:
        try:
            out, err = child.communicate(timeout=timeout)
        except BaseException as reason:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
            if isinstance(reason, subprocess.TimeoutExpired):
                return Outcome(failure=f"over {timeout:g} s")
            raise
    if child.returncode:
        return Outcome(failure="failed", detail=last_line(err) or how_it_ended(child.returncode))
    try:
        return Outcome(parse_figures(out))
    except ValueError:
        return Outcome(failure="failed", detail=f"not a figure: {last_line(out)}")


def rotated(items, by):
    by %= max(len(items), 1)
    return items[by:] + items[:by]


def say(text):
    """One line that the next one replaces, where somebody looks."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


class Bench:
    """What every run needs: where the programs are, which count suits whom, how often."""

    def __init__(self, build, counts, rounds, divisor=1, timeout=TIMEOUT):
        self.build, self.counts, self.rounds = build, counts, rounds
        self.divisor, self.timeout = divisor, timeout

    def command(self, side, program, count, *arguments):
        count = max(self.counts.get((side, program), count) // self.divisor, 1)
        return [sides_.program_of(self.build, side, program), count, *arguments]

    def has(self, side, program):
        return os.access(sides_.program_of(self.build, side, program), os.X_OK)

    def turns(self, commands, procs, figures):
        """Samples of all sides in turn: side -> {figure: Cell}.  commands: side -> command;
        figures: side -> those that it prints.

        Who begins changes from round to round.  A side that failed once is done with."""
        cells = {side: {figure: Cell() for figure in figures[side]} for side in commands}
        order, failed = list(commands), set()
        for number in range(self.rounds):
            for side in rotated(order, number):
                if side in failed:
                    continue
                outcome = run_program(commands[side], procs, self.timeout)
                take(cells[side], outcome)
                if outcome.failure:
                    failed.add(side)
        return cells


def take(cells, outcome):
    """Enters one run into the cells of its side."""
    for name, cell in cells.items():
        if outcome.failure:
            cell.failure, cell.detail = outcome.failure, outcome.detail
        elif name not in outcome.figures:
            cell.failure, cell.detail = "failed", "prints no such figure"
        else:
            cell.add(outcome.figures[name])
