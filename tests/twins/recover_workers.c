/* SPDX-License-Identifier: MIT */
/* Workers survive the panics of what they run, and end on a Goexit. */
#include <goroutine.h>
#include <stdio.h>

static int64_t sum;

static void count(int v)
{
    go_atomic_add(&sum, v);
}

static void handle(int request)
{
    go_defer(count, 1);
    if (request % 10 == 0)
        go_panic("request %d", request);
    if (request % 10 == 5)
        go_exit();
    count(1000);
}

static void worker(go_chan(int) requests, go_chan(int) failures)
{
    int request;
    go_recovered r;
    while (go_recv(requests, &request))
        if (go_recover(&r, handle, request))
            go_send(failures, request);
}

int main(void)
{
    go_chan(int) requests = go_make(int, 0), failures = go_make(int, 100);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 20; i++)
        go_waitgroup_go(&wg, worker, requests, failures);
    for (int i = 0; i < 100; i++)
        go_send(requests, i);
    go_close(requests);
    go_waitgroup_wait(&wg);
    go_close(failures);
    int n = 0, total = 0;
    go_range (v, failures) {
        n++;
        total += v;
    }
    printf("%d failures, adding up to %d; counted %ld\n", n, total, (long)sum);
    go_drop(requests);
    go_drop(failures);
}
