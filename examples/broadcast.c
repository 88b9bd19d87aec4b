/* SPDX-License-Identifier: MIT */
/* broadcast - closing a channel tells everybody at once: the usual way to stop
 * goroutines. */
#include <goroutine.h>
#include <stdio.h>

struct nothing {
}; /* elements of no size: only the event counts */

static void work(go_chan(struct nothing) stop, go_chan(int) results)
{
    for (int n = 0;; n++) {
        switch (go_select(go_on_recv(stop, NULL), go_on_timeout(GO_MILLISECOND))) {
        case 0:
            go_send(results, n);
            return;
        case 1:
            break; /* another piece of work done */
        }
    }
}

int main(void)
{
    enum { WORKERS = 5 };
    go_chan(struct nothing) stop = go_make(struct nothing, 0);
    go_chan(int) results = go_make(int, 0);
    for (int i = 0; i < WORKERS; i++)
        go(work, stop, results);
    go_sleep(30 * GO_MILLISECOND);
    go_close(stop);

    int n, worked = 0;
    for (int i = 0; i < WORKERS; i++) {
        go_recv(results, &n);
        worked += n > 0;
    }
    printf("%d workers told to stop, %d had done something\n", WORKERS, worked);
    go_drop(stop);
    go_drop(results);
}
