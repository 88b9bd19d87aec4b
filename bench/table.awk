# SPDX-License-Identifier: MIT
# Reads bench/workloads, then samples "procs language figure value unit", and
# prints the table.  Plain POSIX awk.

FNR == NR {
    if (/^#/ || !NF)
        next
    order[++figures] = $1
    goal[$1] = $4
    what = $6
    for (i = 7; i <= NF; i++)
        what = what " " $i
    title[$1] = what
    next
}

{
    key = $1 SUBSEP $2 SUBSEP $3
    value[key, ++count[key]] = $4
    unit[$3] = $5
}

END {
    print_rows("all")
    print_rows("1")
    if (goals)
        printf "\nGoals reached: %d of %d\n", reached, goals
}

# Sorts the samples of key in place: they are few.
function sort_samples(key,    i, j, v) {
    for (i = 2; i <= count[key]; i++) {
        v = value[key, i]
        for (j = i - 1; j >= 1 && value[key, j] + 0 > v + 0; j--)
            value[key, j + 1] = value[key, j]
        value[key, j + 1] = v
    }
}

function median(key,    n) {
    n = count[key]
    if (n % 2)
        return value[key, (n + 1) / 2] + 0
    return (value[key, n / 2] + value[key, n / 2 + 1]) / 2
}

function short(v) {
    return sprintf(v < 100 ? "%.1f" : "%.0f", v)
}

function cell(key) {
    if (!count[key])
        return "-"
    return sprintf("%8s [%s .. %s]", short(median(key)), short(value[key, 1] + 0),
                   short(value[key, count[key]] + 0))
}

# What the goal says about these medians: yes, no, or - where it cannot be told.
function verdict(g, c, go) {
    if (g == "-" || !c)
        return "-"
    if (g ~ /^<=/)
        return c <= substr(g, 3) + 0 ? "yes" : "no"
    if (!go)
        return "-"
    return go / c >= g + 0 ? "yes" : "no"
}

function print_rows(procs,    i, f, c, go, mc, mgo, v, heading) {
    heading = procs == "1" ? "with GOMAXPROCS=1" : "workload"
    for (i = 1; i <= figures; i++) {
        f = order[i]
        c = procs SUBSEP "c" SUBSEP f
        go = procs SUBSEP "go" SUBSEP f
        if (!count[c] && !count[go])
            continue
        if (heading) {
            printf "\n%-46s %-5s %-28s %-28s %7s  %-7s %s\n", heading, "unit", "       C", "      Go",
                   "ratio", "goal", "reached"
            heading = ""
        }
        sort_samples(c)
        sort_samples(go)
        mc = count[c] ? median(c) : 0
        mgo = count[go] ? median(go) : 0
        v = verdict(goal[f], mc, mgo)
        if (v != "-" && procs == "all")
            goals++
        if (v == "yes" && procs == "all")
            reached++
        printf "%-46s %-5s %-28s %-28s %7s  %-7s %s\n", title[f], unit[f], cell(c), cell(go),
               mc && mgo ? sprintf("%.2f", mgo / mc) : "-", goal[f], v
    }
}
