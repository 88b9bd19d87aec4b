/* SPDX-License-Identifier: MIT */
/* Go, "Program execution": main's return ends the program with its status;
 * others are not awaited.  exit handlers run while nobody else runs any more. */
#include "support.h"

#include <goroutine.h>

static int64_t beats;

static void beat(void)
{
    for (;;) {
        __atomic_add_fetch(&beats, 1, __ATOMIC_RELAXED);
        go_yield();
    }
}

static void spin(void)
{
    for (;;)
        __atomic_add_fetch(&beats, 1, __ATOMIC_RELAXED);
}

/* Who waited for it would be seen to do so; a stall is not as long. */
static void late(void)
{
    go_sleep(20 * GO_SECOND);
    fprintf(stderr, "still here");
}

static void at_exit(void)
{
    usleep(20 * 1000);
    fprintf(stderr, "handlers ran");
}

static int quiet_exit(const char *what)
{
    CHECK_EQ(atexit(at_exit), 0);
    go(late);
    for (int i = 0; i < 10; i++)
        go(beat);
    if (!strcmp(what, "spinning"))
        go(spin);
    go_sleep(2 * GO_MILLISECOND);
    if (!strcmp(what, "exit"))
        exit(7);
    return strcmp(what, "status") ? 0 : 3;
}

static void call_exit(void)
{
    exit(9);
}

int main(int argc, char **argv)
{
    const char *child = child_arg(argc, argv);
    char err[4096];
    if (child && !strcmp(child, "other_exits")) {
        go(call_exit);
        go_sleep(20 * GO_SECOND);
        return 1;
    }
    if (child)
        return quiet_exit(child);

    CHECK_EQ(child_run("plain", err, sizeof err), 0);
    CHECK(!strcmp(err, "handlers ran"));
    CHECK_EQ(child_run("status", err, sizeof err), 3);
    CHECK(!strcmp(err, "handlers ran"));
    CHECK_EQ(child_run("exit", err, sizeof err), 7);
    CHECK(!strcmp(err, "handlers ran"));
    CHECK_EQ(child_run("spinning", err, sizeof err), 0);
    CHECK(!strcmp(err, "handlers ran"));
    CHECK_EQ(child_run("other_exits", err, sizeof err), 9);
    CHECK(!strcmp(err, ""));
}
