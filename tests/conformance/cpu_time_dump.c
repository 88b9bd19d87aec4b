/* SPDX-License-Identifier: MIT */
/* go_dump shows the CPU time of each goroutine while it is counted: of one that runs up
 * to now, of one that waits up to its last stop; and starts anew for the next goroutine
 * on the same stack. */
#include "support.h"

#include <goroutine.h>

static int stop; /* atomic */
static char text[1 << 16];

static void compute(int64_t d)
{
    for (int64_t end = go_cpu_time() + d; go_cpu_time() < end;)
        __asm__ volatile("");
}

static void compute_for_good(void)
{
    go_set_name("hog");
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
        __asm__ volatile("");
}

static void compute_and_wait(go_chan(int) c)
{
    go_set_name("waiter");
    compute(12 * GO_MILLISECOND);
    go_recv(c, NULL);
}

static void wait_only(go_chan(int) c)
{
    go_set_name("fresh");
    go_recv(c, NULL);
}

static void dump(void)
{
    FILE *f = tmpfile();
    CHECK(f);
    go_dump(fileno(f));
    rewind(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
}

/* Milliseconds in the header of the goroutine of that name, or -1. */
static double shown(const char *name)
{
    char key[64];
    snprintf(key, sizeof key, "named \"%s\"", name);
    char *at = strstr(text, key);
    if (!at)
        return -1;
    while (at > text && at[-1] != '\n')
        at--;
    char *cpu = strstr(at, ", cpu ");
    return cpu && cpu < strchr(at, '\n') ? strtod(cpu + 6, NULL) : -1;
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go_cpu_time_enable(true);
    go(compute_and_wait, c);
    go(compute_for_good);
    for (int64_t start = clock_ns(); clock_ns() - start < 30 * GO_SECOND;) {
        go_sleep(5 * GO_MILLISECOND);
        dump();
        if (shown("hog") > 15 && strstr(text, "[chan receive, cpu "))
            break;
    }
    CHECK(shown("hog") > 15);
    CHECK(shown("waiter") >= 12 && shown("waiter") < 40);
    go_close(c);
    while (go_count() > 2)
        go_yield();
    go_drop(c);
    c = go_make(int, 0);
    for (int i = 0; i < 5; i++)
        go(wait_only, c);
    do {
        go_yield();
        dump();
    } while (shown("fresh") < 0);
    CHECK(shown("fresh") < 5);
    go_cpu_time_enable(false);
    dump();
    CHECK(strstr(text, "named \"hog\"") && shown("hog") < 0);
    __atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
    go_close(c);
    while (go_count() > 1)
        go_yield();
    go_drop(c);
}
