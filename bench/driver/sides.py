# SPDX-License-Identifier: MIT
"""The sides that are measured: where their programs are, how they come about, what they are.

As a program: sides.py BUILD SIDE builds those of one side, or says why it cannot."""

import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys

from config import BENCH

# In the order in which they take turns.
NAMES = {
    "c": "C",
    "go": "Go",
    "rust": "Rust",
    "fiber": "Boost.Fiber",
    "st": "State Threads",
    "pthread": "pthreads",
}
# What they are written in: where the source of a program is, below bench/.
SOURCES = {
    "c": "c/{}.c",
    "go": "go/{}/main.go",
    "rust": "rust/src/bin/{}.rs",
    "fiber": "fiber/{}.cpp",
    "st": "st/{}.c",
    "pthread": "pthread/{}.c",
}


class Absent(Exception):
    """A peer that cannot be measured here; says why."""


def source_of(side, program, bench=BENCH):
    return bench / SOURCES[side].format(program)


def program_of(build, side, program):
    folder = build / "bench" if side == "c" else build / "bench" / side
    return folder / program


def run(*command, **options):
    return subprocess.run(command, text=True, capture_output=True, check=False, **options)


def first_line(*command):
    try:
        result = run(*command)
    except OSError:
        return ""
    lines = (result.stdout or result.stderr).strip().splitlines()
    return lines[0].strip() if lines else ""


def found(pattern, path):
    """What the pattern's group finds in the file, or nothing."""
    try:
        match = re.search(pattern, pathlib.Path(path).read_text())
    except OSError:
        return ""
    return match.group(1) if match else ""


def build_go(build, bench):
    if not shutil.which("go"):
        raise Absent("Go is not installed")
    folder = build / "bench" / "go"
    folder.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ, GOTOOLCHAIN="local", GOWORK="off")
    result = run("go", "build", "-o", f"{folder}/", "./...", cwd=bench / "go", env=environment)
    if result.returncode:
        raise Absent(f"its programs do not build: {result.stderr.strip()}")


def build_rust(build, bench):
    if not shutil.which("cargo"):
        raise Absent("cargo is not installed")
    target = build / "bench" / "rust-target"
    result = run("cargo", "build", "--release", "--locked", "--quiet", "--target-dir", str(target),
                 cwd=bench / "rust")
    if result.returncode:
        raise Absent(f"its programs do not build: {result.stderr.strip()}")
    folder = build / "bench" / "rust"
    folder.mkdir(parents=True, exist_ok=True)
    for source in (bench / "rust" / "src" / "bin").glob("*.rs"):
        link = folder / source.stem
        link.unlink(missing_ok=True)
        link.symlink_to(target / "release" / source.stem)


def build_side(build, side, bench=BENCH):
    """Builds what CMake does not, and ends with programs or with Absent."""
    if not (bench / SOURCES[side].split("/", 1)[0]).is_dir():
        raise Absent("there are no programs for it")
    if side == "go":
        build_go(build, bench)
    elif side == "rust":
        build_rust(build, bench)
    elif side == "c":
        if not program_of(build, side, "spawn").exists():
            raise SystemExit(f"no programs in {build}/bench: GO_BENCH=ON builds them")
    elif not (build / "bench" / side).is_dir():
        package = {"fiber": "libboost-fiber-dev", "st": "libst-dev"}.get(side)
        raise Absent(f"not built here, which takes {package}" if package else "not built here")


def compilers(build):
    """The compilers of the build, by language."""
    cache = build / "CMakeCache.txt"
    known = {}
    for language in ("C", "CXX"):
        path = found(rf"(?m)^CMAKE_{language}_COMPILER:[A-Z]+=(.+)$", cache)
        line = first_line(path, "--version") if path else ""
        # A distribution repeats itself in parentheses.
        known[language] = re.sub(r"\s*\([^)]*\)", "", line)
    return known


def version_of(build, side, bench=BENCH):
    """What was measured, with its version, as one line."""
    compiler = compilers(build)
    if side == "c":
        version = found(r"(?m)^\s*VERSION ([0-9.]+)$", bench.parent / "CMakeLists.txt")
        return f"libgoroutine {version}, {compiler['C']}"
    if side == "go":
        return first_line("go", "version").removeprefix("go version ")
    if side == "rust":
        tokio = found(r'name = "tokio"\nversion = "([^"]+)"', bench / "rust" / "Cargo.lock")
        return f"tokio {tokio}, {first_line('rustc', '--version').split(' (')[0]}"
    if side == "fiber":
        version = found(r'BOOST_LIB_VERSION "([^"]+)"', "/usr/include/boost/version.hpp")
        return f"Boost.Fiber {version.replace('_', '.')}, {compiler['CXX']}"
    if side == "st":
        version = found(r'ST_VERSION\s+"([^"]+)"', "/usr/include/st.h")
        return f"State Threads {version}, {compiler['C']}"
    return f"{os.confstr('CS_GNU_LIBC_VERSION')}, {compiler['C']}"


def machine():
    """The machine, in words that say which figures can be compared."""
    model = found(r"(?m)^model name\s*: (.+)$", "/proc/cpuinfo") or platform.machine()
    memory = int(found(r"MemTotal:\s+(\d+)", "/proc/meminfo") or 0) / 2**20
    return {
        "cpus": len(os.sched_getaffinity(0)),
        "model": model,
        "memory_gib": round(memory, 1),
        "kernel": platform.system() + " " + platform.release().split("-")[0],
        "load": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    try:
        build_side(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2])
    except Absent as reason:
        sys.exit(f"{NAMES[sys.argv[2]]} is left out: {reason}.")
