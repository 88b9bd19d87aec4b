# SPDX-License-Identifier: MIT
"""The plots, as SVG.  Needs matplotlib: everything else here does without."""

import results as r
from sides import NAMES

COLOURS = {
    "c": "#1f5fa8",
    "go": "#d1720c",
    "rust": "#8f3b2f",
    "fiber": "#3f8f4f",
    "st": "#7a52a3",
    "pthread": "#777777",
}


class NoPlots(Exception):
    """matplotlib is not installed."""


def load():
    """matplotlib, set up so that the same figures give the same file."""
    try:
        import matplotlib
    except ImportError:
        raise NoPlots("python3-matplotlib is not installed") from None
    matplotlib.use("svg")
    matplotlib.rcParams.update({
        "svg.fonttype": "none",
        "svg.hashsalt": "libgoroutine",
        "font.family": "sans-serif",
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
    })
    from matplotlib import pyplot
    return pyplot


def plain_number(value, _=None):
    return f"{value:g}" if value < 1e5 else f"{value:,.0f}"


def save(plt, figure, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, format="svg", metadata={"Date": None}, bbox_inches="tight")
    plt.close(figure)
    first, rest = path.read_text().split("\n", 1)
    lines = [line.rstrip() for line in rest.splitlines()]
    path.write_text("\n".join([first, "<!-- SPDX-License-Identifier: MIT -->", *lines, ""]))


def compared(table, what):
    """The rows in which some peer can be compared, and the peers that can be somewhere."""
    peers = [s for s in table["sides"] if s != "c"]
    rows = [row for row in table["rows"] if any(r.row_ratio(row, p, what) for p in peers)]
    return rows, [p for p in peers if any(r.row_ratio(row, p, what) for row in rows)]


def plot_ratios(table, path, what="samples"):
    """How far ahead of each peer, row by row, on a logarithmic scale.  False: nothing to show."""
    rows, peers = compared(table, what)
    if not rows:
        return False
    plt = load()
    figure, axes = plt.subplots(figsize=(8, 1 + 0.19 * len(rows)))
    for place, peer in enumerate(peers):
        known = [(y, r.row_ratio(row, peer, what)) for y, row in enumerate(rows)]
        known = [(y, times) for y, times in known if times]
        shift = 0.3 * (place - (len(peers) - 1) / 2) / max(len(peers), 1)
        axes.plot([times for _, times in known], [y + shift for y, _ in known], "o", markersize=4,
                  color=COLOURS[peer], label=NAMES[peer])
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(plain_number)
    axes.set_yticks(range(len(rows)), [row["figure"] for row in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(axis="both", color="#dddddd", linewidth=0.5)
    axes.set_axisbelow(True)
    axes.set_xlabel(("CPU time" if what == "cpu" else "figure")
                    + " of the peer over ours: right of 1 we are ahead")
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncol=len(peers), frameon=False)
    save(plt, figure, path)
    return True


def plot_results(results, folder):
    """All plots of a run: (procs, text, path) of each."""
    made = []
    for table in results["tables"]:
        procs = table["procs"]
        for what, name in (("samples", "ratios"), ("cpu", "cpu")):
            path = folder / (f"{name}.svg" if procs == "all" else f"{name}-{procs}.svg")
            if plot_ratios(table, path, what):
                text = f"{'CPU time of each peer' if what == 'cpu' else 'Each peer'} over ours"
                made.append((procs, text, path))
    return made


def plot_curve(curve, path):
    """One curve for each side: cost over the axis, both logarithmic."""
    plt = load()
    figure, axes = plt.subplots(figsize=(5.5, 3.4))
    for side, points in curve["sides"].items():
        known = [(p["x"], p["median"], p["least"], p["greatest"]) for p in points if "median" in p]
        if not known:
            continue
        x, middle, least, greatest = zip(*known)
        axes.plot(x, middle, "o-", markersize=3, linewidth=1.2, color=COLOURS[side], label=NAMES[side])
        axes.fill_between(x, least, greatest, color=COLOURS[side], alpha=0.15, linewidth=0)
    axes.set_xscale("log", base=2 if curve["axis"] == "procs" else 10)
    axes.set_yscale("log")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(plain_number)
        axis.set_minor_formatter(lambda v, _: "")
    axes.set_xlabel(curve["x"])
    axes.set_ylabel(curve["unit"])
    axes.set_title(curve["what"], fontsize=9)
    axes.grid(which="both", color="#dddddd", linewidth=0.5)
    axes.legend(frameon=False)
    save(plt, figure, path)
