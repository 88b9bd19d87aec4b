/* SPDX-License-Identifier: MIT */
/* recover - a server whose requests may panic, and that lives on.
 *
 * A panic runs what was deferred, gives back the locks of go_with_lock, and ends at
 * go_recover.  Nothing else is undone: what must be is deferred. */
#include <goroutine.h>
#include <stdio.h>
#include <string.h>

enum { REQUESTS = 9 };

static go_mutex lock;
static int served, failed;

static int divide(int a, int b)
{
    if (b == 0)
        go_panic("division of %d by zero", a);
    return a / b;
}

static void handle(int request)
{
    go_with_lock (&lock) {
        int result = divide(60, request % 3);
        printf("request %d: %d\n", request, result);
        served++;
    }
}

static void serve(go_chan(int) requests)
{
    int request;
    go_recovered r;
    while (go_recv(requests, &request)) {
        if (go_recover(&r, handle, request)) {
            printf("request %d failed: %s\n", request, r.text);
            go_with_lock (&lock)
                failed++;
        }
    }
}

static void send_one(go_chan(int) c)
{
    go_send(c, 0);
}

int main(void)
{
    go_chan(int) requests = go_make(int, 0);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 3; i++)
        go_waitgroup_go(&wg, serve, requests);
    for (int i = 0; i < REQUESTS; i++)
        go_send(requests, i);
    go_close(requests);
    go_waitgroup_wait(&wg);

    /* What the library panics about is recovered in the same way. */
    go_recovered r;
    bool closed = go_recover(&r, send_one, requests);
    printf("%d served, %d failed; after that: %s\n", served, failed, r.text);
    go_drop(requests);
    return served != 6 || failed != 3 || !closed || strcmp(r.text, "send on closed channel") != 0;
}
