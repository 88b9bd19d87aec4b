/* SPDX-License-Identifier: MIT */
/* Rule D6: errno belongs to the goroutine, across parks and threads. */
#include "check.h"

#include <goroutine.h>
#include <unistd.h>

static void keep(int mine, int laps, go_chan(int) c, go_waitgroup *wg)
{
    for (int i = 0; i < laps; i++) {
        errno = mine;
        switch (i % 4) {
        case 0:
            go_yield();
            break;
        case 1:
            if (mine % 2)
                go_send(c, 1);
            else
                go_recv(c, NULL);
            break;
        case 2:
            go_sleep(10 * GO_MICROSECOND);
            break;
        case 3:
            usleep(10); /* sets nothing; may lose its P meanwhile */
            break;
        }
        CHECK_EQ(errno, mine);
    }
    go_waitgroup_done(wg);
}

/* A failing call sets it on whatever thread we are by now. */
static void fail(go_waitgroup *wg)
{
    for (int i = 0; i < 200; i++) {
        errno = 0;
        CHECK_EQ(close(-1), -1);
        go_yield();
        CHECK_EQ(errno, EBADF);
        CHECK_EQ(chdir("/nonexistent/directory"), -1);
        go_yield();
        CHECK_EQ(errno, ENOENT);
    }
    go_waitgroup_done(wg);
}

int main(void)
{
    int n = 20, laps = test_scale(400, 80);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_waitgroup wg = { 0 };
        go_chan(int) c = go_make(int, 0);
        go_maxprocs(procs);
        go_waitgroup_add(&wg, 2 * n);
        for (int i = 0; i < n; i++) {
            go(keep, i + 1, laps, c, &wg);
            go(fail, &wg);
        }
        errno = 99;
        go_waitgroup_wait(&wg);
        CHECK_EQ(errno, 99);
        go_drop(c);
    }
}
