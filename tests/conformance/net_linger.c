/* SPDX-License-Identifier: MIT */
/* Closing a socket that lingers takes as long as its peer does, for who closes it; the number
 * is free at once, and whoever gets it next does not wait. */
#include "net_support.h"

static int closed; /* atomic */

static void close_it(int fd)
{
    CHECK_EQ(go_close_fd(fd), 0);
    __atomic_store_n(&closed, 1, __ATOMIC_RELEASE);
}

int main(void)
{
    static char block[1 << 16];
    struct link l = link_tcp();
    struct linger slow = { 1, 60 };
    CHECK_EQ(setsockopt(l.a.w, SOL_SOCKET, SO_LINGER, &slow, sizeof slow), 0);
    while (go_write_until(l.a.w, block, sizeof block, go_now() + GO_MILLISECOND) > 0)
        ; /* the peer does not read */
    go(close_it, l.a.w);
    int fd = -1;
    while (fd != l.a.w) { /* until the number is given away again */
        go_yield();
        int next = go_socket(AF_INET, SOCK_STREAM, 0);
        CHECK(next >= 0);
        if (next == l.a.w || next > l.a.w)
            CHECK_EQ(go_close_fd(next), 0);
        fd = next == l.a.w ? next : fd;
    }
    CHECK(!__atomic_load_n(&closed, __ATOMIC_ACQUIRE));
    while (go_read(l.b.r, block, sizeof block) > 0)
        ;
    while (!__atomic_load_n(&closed, __ATOMIC_ACQUIRE))
        go_sleep(GO_MILLISECOND);
    CHECK_EQ(go_close_fd(l.b.r), 0);
    go_verify();
}
