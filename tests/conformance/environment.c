/* SPDX-License-Identifier: MIT */
/* Bad input: a GOMAXPROCS or GOSTACK that makes no sense is reported once on
 * stderr and ignored; a good one is obeyed, quietly. */
#include "support.h"

#include <goroutine.h>

static void nothing(void)
{
}

static __attribute__((noinline)) int descend(int depth)
{
    volatile char frame[1024];
    frame[0] = 1;
    return depth > 0 ? descend(depth - 1) + frame[0] : 0;
}

static void deep(int kib, go_waitgroup *wg)
{
    CHECK_EQ(descend(kib), kib);
    go_waitgroup_done(wg);
}

static int child_main(const char *what)
{
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 100; i++)
        go_waitgroup_go(&wg, nothing);
    go_waitgroup_wait(&wg);
    if (!strcmp(what, "deep")) {
        go_waitgroup_add(&wg, 1);
        go(deep, 1800, &wg);
        go_waitgroup_wait(&wg);
    }
    return go_maxprocs(0);
}

static int count(const char *text, const char *what)
{
    int n = 0;
    for (const char *at = text; (at = strstr(at, what)); at++)
        n++;
    return n;
}

static int run_with(const char *name, const char *value, const char *what, char *err, size_t size)
{
    CHECK_EQ(setenv(name, value, 1), 0);
    int status = child_run(what, err, size);
    CHECK_EQ(unsetenv(name), 0);
    return status;
}

int main(int argc, char **argv)
{
    const char *child = child_arg(argc, argv);
    if (child)
        return child_main(child);

    char err[4096];
    unsetenv("GOMAXPROCS");
    unsetenv("GOSTACK");
    int usual = child_run("plain", err, sizeof err);
    CHECK(usual >= 1);
    CHECK(!strcmp(err, ""));

    static const char *bad_procs[] = { "0", "-3", "many", "3x", "99999999999999999999" };
    for (size_t i = 0; i < sizeof bad_procs / sizeof *bad_procs; i++) {
        CHECK_EQ(run_with("GOMAXPROCS", bad_procs[i], "plain", err, sizeof err), usual);
        CHECK_EQ(count(err, "GOMAXPROCS"), 1);
        CHECK_EQ(count(err, "\n"), 1);
    }
    static const char *bad_stack[] = { "0", "-1", "big", "64Q", "12KK", "99999999999999999999G" };
    for (size_t i = 0; i < sizeof bad_stack / sizeof *bad_stack; i++) {
        CHECK_EQ(run_with("GOSTACK", bad_stack[i], "plain", err, sizeof err), usual);
        CHECK_EQ(count(err, "GOSTACK"), 1);
        CHECK_EQ(count(err, "\n"), 1);
    }

    CHECK_EQ(run_with("GOMAXPROCS", "3", "plain", err, sizeof err), 3);
    CHECK(!strcmp(err, ""));
    CHECK_EQ(run_with("GOMAXPROCS", "", "plain", err, sizeof err), usual);
    CHECK(!strcmp(err, ""));
    CHECK_EQ(run_with("GOSTACK", "4M", "deep", err, sizeof err), usual);
    CHECK(!strcmp(err, ""));
    CHECK_EQ(run_with("GOSTACK", "4096K", "deep", err, sizeof err), usual);
    CHECK_EQ(run_with("GOSTACK", "4194304", "deep", err, sizeof err), usual);
}
