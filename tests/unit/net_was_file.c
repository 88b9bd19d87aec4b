/* SPDX-License-Identifier: MIT */
/* A number that was a file's, closed by close(2), and is a socket's now: calls wait. */
#include "check.h"

#include <fcntl.h>
#include <goroutine.h>
#include <goroutine/fd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LARGE = 4 << 20 };

static char large[LARGE], back[LARGE];

static void writes(int fd, bool vector)
{
    struct iovec v = { large, LARGE };
    go_sleep(GO_MILLISECOND);
    CHECK_EQ(vector ? go_writev(fd, &v, 1) : go_write(fd, large, LARGE), LARGE);
}

static void reads(int fd, bool vector)
{
    struct iovec v = { back, LARGE };
    for (ssize_t n = 0, r; n < LARGE; n += r) {
        r = vector ? go_readv(fd, &v, 1) : go_read(fd, back, LARGE);
        CHECK(r > 0);
    }
}

/* s[0] has the number that was the file's. */
static void was_file(int s[2])
{
    char c;
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    CHECK(fd >= 0);
    CHECK_EQ(go_read(fd, &c, 1), 1);
    CHECK_EQ(close(fd), 0);
    CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, s), 0);
    CHECK_EQ(s[0], fd);
}

int main(void)
{
    for (int i = 0; i < 4; i++) {
        int s[2];
        bool vector = i & 1, from = i & 2;
        go_waitgroup wg = { 0 };
        was_file(s);
        go_waitgroup_go(&wg, writes, s[from], vector);
        reads(s[!from], vector);
        go_waitgroup_wait(&wg);
        CHECK_EQ(go_close_fd(s[0]), 0);
        CHECK_EQ(go_close_fd(s[1]), 0);
    }
}
