# SPDX-License-Identifier: MIT
# Reads the ceilings and the names of the operations, and each operation's dumps, of which
# cost_main.c tells.  Plain POSIX awk.

# The ceilings: "operation instructions locked".
FILENAME ~ /ceilings$/ {
    if (!/^#/ && NF == 3) {
        ceiling[$1] = $2
        ceiling_locked[$1] = $3
    }
    next
}

# "name times pairs", in the order of the dumps.
{
    names[++count] = $1
    for (pair = 1; pair <= $3; pair++) {
        read_pair(dump + 2 * pair, $2)
        of_pair[pair] = sum
        locked_of_pair[pair] = sum_locked
    }
    pair = median(of_pair, $3)
    all[$1] = of_pair[pair]
    # A few of sysmon's may be in one half and not in the other.
    all_locked[$1] = locked_of_pair[pair] < 0 ? 0 : locked_of_pair[pair]
    if (mode == "profile" && $1 == name) {
        read_pair(dump + 2 * pair, $2)
        print_profile()
    }
    dump += 1 + 2 * $3
}

END {
    if (mode == "record")
        record()
    else if (mode != "profile")
        compare()
    else if (!(name in all)) {
        print "No operation " name ": see bench/cost/ceilings"
        exit 1
    }
    exit failures > 0
}

# What each function, and all, cost in the second half of a pair beyond what they cost in
# the first, whose dump has that number.
function read_pair(number, times,    f) {
    split("", cost)
    split("", locked)
    add_dump(number, -1 / times)
    add_dump(number + 1, 1 / times)
    sum = sum_locked = 0
    for (f in cost) {
        sum += cost[f]
        sum_locked += locked[f]
    }
}

# Where the median of the odd number of values stands.
function median(values, n,    i, j, below) {
    for (i = 1; i <= n; i++) {
        below = 0
        for (j = 1; j <= n; j++)
            below += values[j] < values[i] || (values[j] == values[i] && j < i)
        if (below == (n - 1) / 2)
            return i
    }
}

# Adds the costs of a dump's functions, times weight.  A line of numbers is a line of the
# source: where, instructions, locked ones; but after "calls=" it is what was called, which
# is counted where it stands.
function add_dump(number, weight,    file, line, part, of, f, called, id) {
    file = dumps "/dump." number
    while ((getline line < file) > 0) {
        if (line ~ /^c?fn=/) {
            split(line, part, /[()]/)
            id = part[2]
            if (part[3] != "") {
                of[id] = substr(part[3], 2)
                sub(/'[0-9]+$/, "", of[id]) # the depth of a recursion
            }
            if (line ~ /^fn/)
                f = of[id]
        } else if (line ~ /^calls=/)
            called = 1
        else if (line ~ /^[-+*0-9]/) {
            split(line, part, " ")
            if (!called && counts(f)) {
                cost[f] += weight * part[2]
                locked[f] += weight * part[3]
            }
            called = 0
        }
    }
    close(file)
}

# stack_clean speaks to valgrind alone, and does nothing elsewhere.
function counts(f) {
    return f != "stack_clean"
}

function print_profile(    f, best) {
    printf "%-40s %12s %8s\n", name, "instructions", "locked"
    for (;;) {
        best = ""
        for (f in cost)
            if (best == "" || cost[f] > cost[best])
                best = f
        if (best == "" || cost[best] < 0.05)
            break
        printf "  %-38s %12.2f %8.2f\n", best, cost[best], locked[best]
        delete cost[best]
    }
    printf "  %-38s %12.2f %8.2f\n", "all", all[name], all_locked[name]
}

# Two hundredths more than was counted: so much does libc's malloc differ from run to run,
# with how its heap happens to lie.
function record(    i, n) {
    print "# SPDX-License-Identifier: MIT"
    print "# What an operation may cost: instructions, and those of them that lock the bus."
    print "# Written by bench/cost/run.sh --record; ./dev test holds the library to it."
    print "# built: " built
    print "#"
    printf "# %-16s %12s %8s\n", "operation", "instructions", "locked"
    for (i = 1; i <= count; i++) {
        n = names[i]
        printf "%-18s %12d %8.1f\n", n, all[n] * 1.02 + 0.5, all_locked[n] + 0.04
    }
}

# What is to be said of n; what must not be is a failure.
function verdict(n) {
    if (!(n in ceiling)) {
        failures++
        return "has no ceiling: record it"
    }
    if (all[n] > ceiling[n] + 0.5 || all_locked[n] > ceiling_locked[n] * 1.02 + 0.05) {
        failures++
        return "ABOVE"
    }
    if (all[n] < ceiling[n] * 0.9 - 0.5 || all_locked[n] < ceiling_locked[n] * 0.9 - 0.1)
        return "far below: record it"
    return ""
}

function compare(    i, n, said, low) {
    printf "%-18s %12s %8s   %12s %8s\n", "operation", "instructions", "locked", "ceiling", "locked"
    for (i = 1; i <= count; i++) {
        n = names[i]
        if (n !~ only)
            continue
        said = verdict(n)
        low += said ~ /^far/
        printf "%-18s %12.1f %8.2f   %12s %8s%s\n", n, all[n], all_locked[n],
               n in ceiling ? ceiling[n] : "-", n in ceiling ? ceiling_locked[n] : "-",
               said ? "  " said : ""
    }
    for (n in ceiling)
        if (!(n in all)) {
            failures++
            print n " has a ceiling but is not counted any more: record again"
        }
    if (failures)
        print "Above its ceiling or without one: " failures
    if (low)
        print "More than a tenth below its ceiling: " low ".  Lower it: bench/cost/run.sh --record BUILD_DIR"
    if (mode != "check")
        failures = 0
}
