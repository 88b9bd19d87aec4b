/* SPDX-License-Identifier: MIT */
/* Nobody gets past a once before its function has returned. */
#include <goroutine.h>
#include <stdio.h>

enum { CALLERS = 20 };

static go_once once;
static int ready;

static void prepare(void *arg)
{
    (void)arg;
    go_sleep(5 * GO_MILLISECOND);
    ready = 1;
}

static void caller(go_chan(int) c)
{
    go_once_do(&once, prepare, NULL);
    go_send(c, ready);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    int sum = 0, r;
    for (int i = 0; i < CALLERS; i++)
        go(caller, c);
    for (int i = 0; i < CALLERS; i++) {
        go_recv(c, &r);
        sum += r;
    }
    printf("%d of %d found it ready\n", sum, CALLERS);
    go_drop(c);
}
