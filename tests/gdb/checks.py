# SPDX-License-Identifier: MIT
"""Run inside gdb by run.sh: what gdb must show of tests/gdb/program.c."""

import os
import re
import sys
import traceback

import gdb

TOOLS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tools")


def run(command):
    return gdb.execute(command, to_string=True)


def check(text, *patterns):
    """Each pattern matches, after where the one before did."""
    rest = text
    for pattern in patterns:
        match = re.search(pattern, rest, re.MULTILINE)
        if not match:
            raise AssertionError("no %r in:\n%s" % (pattern, text))
        rest = rest[match.end():]


def number_of(listing, pattern):
    match = re.search(r"^. (\d+) +%s" % pattern, listing, re.MULTILINE)
    return int(match.group(1)) if match else None


PARKED = r'\[chan receive\] "the parked" parked_outer$'
SELECTING = r"\[select\] selecting$"
MAIN = r"\[sync\.WaitGroup\.Wait\] main$"


def wait_until_parked():
    """From stop to stop: they park when the scheduler has come to them."""
    for _ in range(2000):
        listing = run("info goroutines")
        if all(number_of(listing, p) for p in (PARKED, SELECTING, MAIN)):
            return listing
        run("continue")
    raise AssertionError("they never park:\n" + listing)


def check_stack(number, *functions):
    """Exactly these functions, then the goroutine's first, then nothing."""
    text = run("goroutine %d bt" % number)
    check(text, r"\A#0 ", *[r"\b%s \(" % f for f in functions])
    if "Backtrace stopped" in text:
        raise AssertionError("the stack has no clean end:\n" + text)


def check_live(listing):
    parked, selecting = number_of(listing, PARKED), number_of(listing, SELECTING)
    check(listing, r"^\* \d+ +\[running\] worker$")
    check_stack(parked, "parked_inner", "parked_outer", "go_start_")
    check_stack(selecting, "selecting", "go_start_")
    check_stack(number_of(listing, MAIN), "main")

    # Other commands see the goroutine's frames; nothing has changed afterwards.
    here = run("output/x $sp")
    there = run("goroutine %d output/x $sp" % parked)
    check(run("goroutine %d info symbol $pc" % parked), r"^park ")
    if here == there or run("output/x $sp") != here:
        raise AssertionError("sp: %s, in the goroutine: %s" % (here, there))
    check(run("goroutine all bt 2"), r"^Goroutine 1 \[", "^#0 ", "^#1 ", r"^Goroutine %d" % parked)
    try:
        run("goroutine 99999 bt")
        raise AssertionError("there is no goroutine 99999")
    except gdb.error as e:
        check(str(e), "no goroutine 99999")


def check_running():
    text = run("bt")
    check(text, r"^#0 +.*break_here \(", r"^#1 .*worker \(", r"\bgo_start_ \(")
    if "Backtrace stopped" in text or not text.strip().splitlines()[-1].count("go_start_"):
        raise AssertionError("the stack has no clean end:\n" + text)


def check_core():
    """The same from a core file, without a process.

    gdb's own core files, unlike the kernel's, end a mapping at the first page
    that cannot be read: guards must be mappings of their own."""
    core = os.path.join(os.environ["GDB_TEST_DIR"], "core")
    run("kill")
    run("set environment GO_DEBUG noguard=1")
    run("run")
    listing = wait_until_parked()
    run("generate-core-file %s" % core)
    run("kill")
    run("core-file %s" % core)
    again = run("info goroutines")
    if again != listing:
        raise AssertionError("core:\n%sbut live:\n%s" % (again, listing))
    check_stack(number_of(again, PARKED), "parked_inner", "parked_outer", "go_start_")
    run("core-file")
    os.unlink(core)


def main():
    run("set pagination off")
    run("set confirm off")
    run("set width 0")
    run("set debuginfod enabled off")
    gdb.execute("source %s" % os.path.join(TOOLS, "goroutine-gdb.py"))
    run("break break_here")
    run("run")
    listing = wait_until_parked()
    check_running()
    before = run("info registers")
    check_live(listing)
    check_running()
    if run("info registers") != before:
        raise AssertionError("registers have changed")
    check_core()


try:
    main()
    print("gdb: all checks passed")
    status = 0
except BaseException:
    traceback.print_exc()
    status = 1
sys.stdout.flush()
gdb.execute("quit %d" % status)
