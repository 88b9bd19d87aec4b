# SPDX-License-Identifier: MIT
"""The tables, as text for a terminal and as Markdown."""

import os

import config
import results as r
from sides import NAMES
from stats import show, show_ratio, show_spread

LEAST = 1.5  # what no row may fall below, beside Go
GOAL = 5  # the mean of the speeds, beside Go


def heading(results):
    m = results["machine"]
    lines = [f"{m['cpus']} CPUs ({m['model']}), {m['memory_gib']} GiB, {m['kernel']}, load {m['load']}."]
    lines += [f"{NAMES[side]}: {text}." for side, text in results["versions"].items()]
    lines += [f"{NAMES[side]} is left out: {why}." for side, why in results["absent"].items()]
    return lines


def legend(results):
    text = (f"Medians of {results['rounds']} [least .. greatest], all sides in turn. A ratio is the "
            "peer's figure over ours: above 1 we are ahead. CPU is the CPU time of the process.")
    if results["quick"]:
        text += " Quick: a tenth of the work, so these are no figures to quote."
    return text


def title(table):
    return "All CPUs" if table["procs"] == "all" else f"GOMAXPROCS={table['procs']}"


def cell_text(row, side, what="samples"):
    cell = row["cells"].get(side, {})
    if "failure" in cell:
        return cell["failure"]
    return show(r.value(row, side, what))


def spread_text(row, side, what="samples"):
    samples = row["cells"].get(side, {}).get(what)
    return show_spread(samples) if samples else ""


# --- text -----------------------------------------------------------------------------------


def text_columns(table, detail):
    """(heading, function of a row) of each column.  detail: 2 all, 1 without the peers' CPU
    time, 0 without the spread and the goals, too."""
    procs = table["procs"]
    columns = [("workload", lambda row: row["what"]), ("unit", lambda row: row["unit"]),
               ("C", lambda row: cell_text(row, "c"))]
    if detail > 0:
        columns.append(("", lambda row: spread_text(row, "c")))
    columns.append(("CPU", lambda row: cell_text(row, "c", "cpu")))
    for side in table["sides"]:
        if side == "c":
            continue
        columns.append((NAMES[side], lambda row, side=side: cell_text(row, side)))
        if detail > 1:
            columns.append(("CPU", lambda row, side=side: cell_text(row, side, "cpu")))
        columns.append(("x", lambda row, side=side: show_ratio(r.row_ratio(row, side))))
    if detail > 0:
        columns += [("goal", lambda row: r.goals_text(row, procs)),
                    ("", lambda row: r.verdict(row, procs))]
    return columns


def aligned(rows):
    """Rows of texts as lines: the first column to the left, numbers to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return ["  ".join(text.ljust(w) if i == 0 else text.rjust(w)
                      for i, (text, w) in enumerate(zip(row, widths))).rstrip() for row in rows]


def text_table(table, width=None):
    """As much as fits into the width; all of it where that is None."""
    for detail in (2, 1, 0):
        columns = text_columns(table, detail)
        rows = [[name for name, _ in columns]]
        rows += [[text(row) for _, text in columns] for row in table["rows"]]
        lines = aligned(rows)
        if width is None or max(map(len, lines)) <= width:
            break
    return lines


# --- what it amounts to -----------------------------------------------------------------------


def ratios_text(found):
    return ", ".join(f"{figure} {show_ratio(times)}" for figure, times in found) or "none"


def ahead_text(found):
    return ", ".join(f"{figure}: {NAMES[peer]} {show_ratio(times)}{' (spreads meet)' if close else ''}"
                     for figure, peer, times, close in found) or "none"


def means_lines(table):
    for peer in table["sides"]:
        speeds, number, everything, total = r.means(table, peer)
        if peer == "c" or not total:
            continue
        goal = f" (goal {GOAL})" if peer == "go" and table["procs"] == "all" else ""
        text = f"Geometric mean beside {NAMES[peer]}: {show_ratio(speeds)} over {number} speeds{goal}"
        if total > number:
            text += f", {show_ratio(everything)} over all {total} rows"
        yield text + "."


def goals_line(table):
    verdicts = [(row["figure"], r.verdict(row, table["procs"])) for row in table["rows"]]
    judged = [v for _, v in verdicts if v != "-"]
    if not judged:
        return []
    missed = [figure for figure, v in verdicts if v == "no"]
    return [f"Goals reached: {judged.count('yes')} of {len(judged)}"
            + (f"; missed: {', '.join(missed)}." if missed else ".")]


def summary(table):
    lines = list(means_lines(table))
    for kind, figures in r.left_out(table).items():
        lines.append(f"No part in the mean of the speeds, {kind} ({config.KINDS[kind]}): "
                     f"{', '.join(figures)}.")
    if "go" in table["sides"]:
        lines.append(f"Below {LEAST} times Go: {ratios_text(r.below(table, 'go', LEAST))}.")
    if len(table["sides"]) > 1:
        lines.append(f"A peer is ahead: {ahead_text(r.ahead(table))}.")
    lines += goals_line(table)
    for program, side, failure, detail in r.failures(table):
        lines.append(f"FAILED: {NAMES[side]}, {program}: {failure}{': ' if detail else ''}{detail}")
    return lines


def reason_lines(results):
    """Why cells are empty, the tables taken together."""
    found = {}
    for table in results["tables"]:
        for key, figures in r.reasons(table).items():
            found.setdefault(key, {}).update(dict.fromkeys(figures))
    return [f"{NAMES[side]} lacks {', '.join(figures)}: {why}" for (side, why), figures in found.items()]


def text(results, width=None):
    lines = heading(results) + [legend(results)]
    for table in results["tables"]:
        lines += ["", f"== {title(table)}", ""] + text_table(table, width) + [""] + summary(table)
    reasons = reason_lines(results)
    return "\n".join(lines + ([""] + reasons if reasons else []))


# --- Markdown ---------------------------------------------------------------------------------


def markdown_rows(header, rows):
    yield "| " + " | ".join(header) + " |"
    yield "| " + " | ".join(["---"] * 2 + ["--:"] * (len(header) - 2)) + " |"
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def peers(table):
    return [side for side in table["sides"] if side != "c"]


def markdown_time(table):
    header = ["workload", "unit", "C"]
    for side in peers(table):
        header += [NAMES[side], "ratio"]
    header += ["goal", "reached"]
    rows = []
    for row in table["rows"]:
        cells = [row["what"], row["unit"], f"**{cell_text(row, 'c')}** {spread_text(row, 'c')}".strip()]
        for side in peers(table):
            cells += [f"{cell_text(row, side)} {spread_text(row, side)}".strip(),
                      show_ratio(r.row_ratio(row, side))]
        goal = r.goals_text(row, table["procs"])
        rows.append(cells + [goal, r.verdict(row, table["procs"])])
    return markdown_rows(header, rows)


def markdown_cpu(table):
    header = ["CPU time", "unit", "C"]
    for side in peers(table):
        header += [NAMES[side], "ratio"]
    rows = []
    for row in table["rows"]:
        if not row["cells"]["c"].get("cpu"):
            continue
        cells = [row["what"], row["unit"], f"**{cell_text(row, 'c', 'cpu')}**"]
        for side in peers(table):
            cells += [cell_text(row, side, "cpu"), show_ratio(r.row_ratio(row, side, "cpu"))]
        rows.append(cells)
    return markdown_rows(header, rows) if rows else []


def bullets(lines):
    return [f"- {line}" for line in lines]


def markdown(results, images=()):
    """images: (procs, text, path) of the plots that belong to the table of so many Ps."""
    lines = bullets(heading(results)) + ["", legend(results)]
    for table in results["tables"]:
        lines += ["", f"## {title(table)}", ""]
        lines += bullets(summary(table)) + [""]
        lines += [f"![{text}]({path})" for procs, text, path in images if procs == table["procs"]]
        lines += ["", *markdown_time(table), "", *markdown_cpu(table)]
    reasons = reason_lines(results)
    if reasons:
        lines += ["", "## What a side lacks", ""] + bullets(reasons)
    return "\n".join(lines) + "\n"


BEGIN, END = "<!-- measured -->\n", "<!-- end of what was measured -->\n"


def write_markdown(path, body, headline):
    """Into a file of its own, or between the two markers of a file that has them."""
    old = path.read_text() if path.exists() else ""
    if BEGIN in old and END in old:
        before, rest = old.split(BEGIN, 1)
        new = before + BEGIN + body + END + rest.split(END, 1)[1]
    else:
        new = f"<!-- SPDX-License-Identifier: MIT -->\n# {headline}\n\n{BEGIN}{body}{END}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(new)


def relative(image, page):
    return os.path.relpath(image, page.parent) if page else str(image)
