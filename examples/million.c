/* SPDX-License-Identifier: MIT */
/* million - a million live goroutines, each parked on a guarded stack of its
 * own: how long they take, and how much memory.  An argument gives their number. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void wait_for_it(go_chan(int) start, go_chan(int) done)
{
    go_recv(start, NULL);
    go_send(done, 1);
}

/* KiB of a field of /proc/self/status. */
static long status_kib(const char *field)
{
    char line[256];
    long kib = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, field, strlen(field)) == 0)
            sscanf(strchr(line, ':'), ": %ld", &kib);
    if (f)
        fclose(f);
    return kib;
}

static double seconds_since(int64_t t)
{
    return (double)(go_now() - t) / GO_SECOND;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : getenv("GO_TEST_SLOW") ? 1000 : 1000000;
    int made = 0, done_n = 0;
    go_chan(int) start = go_make(int, 0);
    go_chan(int) done = go_make(int, 1024);
    long before = status_kib("VmRSS") + status_kib("VmPTE");
    int64_t t = go_now();
    while (made < n && go_try(wait_for_it, start, done) == 0)
        made++;
    go_yield();
    double spawn = seconds_since(t);
    long kib = status_kib("VmRSS") + status_kib("VmPTE") - before;
    printf("%lld live goroutines made in %.2f s, %.2f KiB each with page tables\n",
           (long long)go_count(), spawn, (double)kib / made);

    t = go_now();
    go_close(start);
    while (done_n < made && go_recv(done, NULL))
        done_n++;
    printf("%d woken and ended in %.2f s\n", done_n, seconds_since(t));
    go_drop(start);
    go_drop(done);
    return made != n;
}
