/* SPDX-License-Identifier: MIT */
/* What the runtime panics about is recovered like any panic, and the object lives on. */
#include <goroutine.h>
#include <stdio.h>

static void send(go_chan(int) c)
{
    go_send(c, 1);
}

static void close_it(go_chan(int) c)
{
    go_close(c);
}

static void done(go_waitgroup *wg)
{
    go_waitgroup_done(wg);
}

static void make_negative(int n)
{
    go_make(int, n);
}

static void told(const go_recovered *r)
{
    printf("recovered: %s\n", r->text);
}

int main(void)
{
    go_recovered r;
    go_chan(int) c = go_make(int, 1);
    go_close(c);
    if (go_recover(&r, send, c))
        told(&r);
    if (go_recover(&r, close_it, c))
        told(&r);
    if (go_recover(&r, close_it, (go_chan(int))NULL))
        told(&r);
    if (go_recover(&r, make_negative, -1))
        told(&r);
    int v = 7;
    bool ok = go_recv(c, &v);
    printf("still closed: %d %s\n", v, ok ? "true" : "false");

    go_waitgroup wg = { 0 };
    if (go_recover(&r, done, &wg))
        told(&r);
    go_waitgroup_add(&wg, 1);
    go_waitgroup_wait(&wg);
    printf("the group is at zero again\n");
}
