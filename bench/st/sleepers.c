/* SPDX-License-Identifier: MIT */
/* Many threads sleep once, 1 ms to 1 s, no two alike: CPU time of it all, and how late they
 * wake. */
#include "nap.h"

struct sleeper {
    int64_t length, late;
};

static struct group sleepers;

static void *sleep_once(void *arg)
{
    struct sleeper *s = arg;
    int64_t due = report_clock() + s->length;
    nap_until(due);
    s->late = report_clock() - due;
    group_done(&sleepers);
    return NULL;
}

/* Not in the order in which they start. */
static int64_t length(long i, long n)
{
    return 1000000 + INT64_C(999000000) * (i * 7919 % n) / n;
}

static void report(const struct sleeper *s, long n)
{
    int64_t *late = malloc((size_t)n * sizeof *late);
    if (!late)
        report_fail("out of memory");
    for (long i = 0; i < n; i++)
        late[i] = s[i].late;
    report_sort(late, n);
    if (late[0] < 0)
        report_fail("sleepers: one woke %ld ns early", (long)-late[0]);
    printf("sleepers.late %.2f us\n", (double)late[n / 2] / 1e3);
    free(late);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    struct sleeper *s = calloc((size_t)n, sizeof *s);
    if (!s)
        report_fail("out of memory");
    nap_init();
    group_init(&sleepers);
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        s[i].length = length(i, n);
        sleepers.running++;
        threads_start(sleep_once, &s[i]);
    }
    group_wait(&sleepers);
    printf("sleepers.cpu %.1f ms\n", (double)report_since(start).cpu / 1e6);
    report(s, n);
    group_free(&sleepers);
    free(s);
}
