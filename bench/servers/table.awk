# SPDX-License-Identifier: MIT
# Reads samples "kind language workload connections NAME=VALUE...", and prints two Markdown
# tables.  Plain POSIX awk.

BEGIN {
    title["echo"] = "echo, 64 bytes; own client"
    title["http"] = "HTTP, 14 bytes; own client"
    title["wrk"] = "HTTP, 14 bytes; wrk"
    title["redis"] = "Redis, PING; own client"
    title["rbench"] = "Redis, SET and GET; redis-benchmark"
    title["proxy"] = "proxy, 64 bytes; own client"
    title["chat"] = "chat, rooms of 10; own client"
}

{
    row = $1 SUBSEP $3 SUBSEP $4
    if (!(row in known)) {
        known[row] = 1
        rows[++nrows] = row
    }
    for (i = 5; i <= NF; i++) {
        split($i, pair, "=")
        key = row SUBSEP $2 SUBSEP pair[1]
        value[key, ++count[key]] = pair[2] + 0
    }
}

END {
    print_load()
    print_idle()
}

function median(row, language, name,    key, i, j, v, n) {
    key = row SUBSEP language SUBSEP name
    n = count[key]
    if (!n)
        return -1
    for (i = 2; i <= n; i++) {
        v = value[key, i]
        for (j = i - 1; j >= 1 && value[key, j] > v; j--)
            value[key, j + 1] = value[key, j]
        value[key, j + 1] = v
    }
    return n % 2 ? value[key, (n + 1) / 2] : (value[key, n / 2] + value[key, n / 2 + 1]) / 2
}

function number(v) {
    return v < 0 ? "-" : v < 100 ? sprintf("%.1f", v) : sprintf("%.0f", v)
}

# Microseconds, as the unit that suits.
function latency(us) {
    if (us < 0)
        return "-"
    if (us < 1000)
        return sprintf("%.0f us", us)
    return sprintf(us < 10000 ? "%.1f ms" : "%.0f ms", us / 1000)
}

function ratio(a, b) {
    return a > 0 && b > 0 ? sprintf("%.2f", a / b) : "-"
}

function print_load(    i, part, r, c, go, pc, pgo) {
    for (i = 1; i <= nrows; i++) {
        r = rows[i]
        split(r, part, SUBSEP)
        if (part[1] != "load")
            continue
        if (!headed++) {
            print "\n| workload | connections | requests per CPU second: C | Go | ratio | p99: C | Go |" \
                  " requests per second: C | Go |"
            print "| --- | --: | --: | --: | --: | --: | --: | --: | --: |"
        }
        c = median(r, "c", "percpu")
        go = median(r, "go", "percpu")
        pc = median(r, "c", "p99")
        pgo = median(r, "go", "p99")
        printf "| %s | %d | **%s** | %s | %s | %s | %s | %s | %s |\n", title[part[2]], part[3],
               number(c), number(go), ratio(c, go), latency(pc), latency(pgo),
               number(median(r, "c", "rate")), number(median(r, "go", "rate"))
        if (go > 0) {
            goals++
            reached += c / go >= 1.3
            nolater += pc <= pgo
        }
    }
    if (goals)
        printf "\nAt least 1.3 times Go's requests per CPU second: %d of %d.  No later p99: %d of %d.\n",
               reached, goals, nolater, goals
}

function print_idle(    i, part, r, c, go) {
    for (i = 1; i <= nrows; i++) {
        r = rows[i]
        split(r, part, SUBSEP)
        if (part[1] != "idle")
            continue
        if (!idle_headed++) {
            print "\n| idle connections of | connections | bytes each: C | Go | Go / C |"
            print "| --- | --: | --: | --: | --: |"
        }
        c = median(r, "c", "idle_bytes")
        go = median(r, "go", "idle_bytes")
        printf "| %s | %d | **%s** | %s | %s |\n", part[2], part[3], number(c), number(go),
               ratio(go, c)
    }
}
