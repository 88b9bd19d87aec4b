/* SPDX-License-Identifier: MIT */
/* Rule D9: a goroutine that waits for a descriptor is no deadlock, though nothing runs and
 * no timer of ours is set; when it is gone, one is found. */
#include "net_support.h"
#include "support.h"

#include <sys/timerfd.h>

/* Only the kernel knows that something will happen. */
static void wait_for_kernel(go_chan(int) c)
{
    struct itimerspec soon = { { 0, 0 }, { 0, 30000000 } };
    uint64_t times;
    int t = timerfd_create(CLOCK_MONOTONIC, 0);
    CHECK(t >= 0);
    CHECK_EQ(timerfd_settime(t, 0, &soon, NULL), 0);
    CHECK_EQ(go_read(t, &times, sizeof times), sizeof times);
    CHECK_EQ(go_close_fd(t), 0);
    if (c)
        go_send(c, (int)times);
}

static void deadlock(void)
{
    go_chan(int) c = go_make(int, 0);
    go(wait_for_kernel, (go_chan(int))NULL);
    go_recv(c, NULL);
}

int main(int argc, char **argv)
{
    if (child_arg(argc, argv)) {
        deadlock();
        return 0;
    }
    int n;
    go_chan(int) c = go_make(int, 0);
    go(wait_for_kernel, c);
    CHECK(go_recv(c, &n));
    CHECK_EQ(n, 1);
    go_drop(c);

    char err[4096];
    CHECK_EQ(child_run("deadlock", err, sizeof err), 2);
    CHECK(strstr(err, "all goroutines are asleep - deadlock!"));
}
