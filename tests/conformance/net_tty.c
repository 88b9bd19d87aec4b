/* SPDX-License-Identifier: MIT */
/* Terminals, in either mode: lines go both ways, a read waits for one, hanging up ends it. */
#include "net_support.h"

#include <stdlib.h>
#include <termios.h>

static void terminal(int *master, int *slave)
{
    char name[64];
    struct termios t;
    *master = posix_openpt(O_RDWR | O_NOCTTY);
    if (*master < 0)
        exit(77);
    CHECK_EQ(grantpt(*master), 0);
    CHECK_EQ(unlockpt(*master), 0);
    CHECK_EQ(ptsname_r(*master, name, sizeof name), 0);
    *slave = open(name, O_RDWR | O_NOCTTY);
    CHECK(*slave >= 0);
    CHECK_EQ(tcgetattr(*slave, &t), 0);
    t.c_lflag &= ~(tcflag_t)ECHO;
    t.c_oflag &= ~(tcflag_t)OPOST;
    CHECK_EQ(tcsetattr(*slave, TCSANOW, &t), 0);
}

static void upper(int slave)
{
    char line[256];
    ssize_t n;
    while ((n = go_read(slave, line, sizeof line)) > 0) {
        CHECK_EQ(line[n - 1], '\n'); /* a line at a time */
        for (ssize_t i = 0; i < n; i++)
            line[i] = line[i] >= 'a' && line[i] <= 'z' ? (char)(line[i] - 32) : line[i];
        CHECK_EQ(go_write(slave, line, (size_t)n), n);
    }
    CHECK_EQ(n, 0);
}

static void lines(bool blocking)
{
    int m, s;
    char buf[256];
    terminal(&m, &s);
    if (!blocking) {
        CHECK_EQ(fcntl(m, F_SETFL, O_RDWR | O_NONBLOCK), 0);
        CHECK_EQ(fcntl(s, F_SETFL, O_RDWR | O_NONBLOCK), 0);
    }
    CHECK_FAILS(go_read_until(s, buf, 1, go_now() + GO_MILLISECOND), ETIMEDOUT);
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, upper, s);
    for (int i = 0; i < 50; i++) {
        CHECK_EQ(go_write(m, "half a ", 7), 7);
        go_yield();
        CHECK_EQ(go_write(m, "line\n", 5), 5);
        CHECK_EQ(read_full(m, buf, 12), 12);
        CHECK_EQ(memcmp(buf, "HALF A LINE\n", 12), 0);
    }
    CHECK_EQ(go_write(m, "\004", 1), 1); /* end of file, as typed */
    go_waitgroup_wait(&wg);

    CHECK_EQ(go_close_fd(s), 0);
    CHECK_FAILS(go_read(m, buf, 1), EIO); /* what a terminal says when nobody has it */
    CHECK_EQ(go_close_fd(m), 0);
}

static void give(int fd, size_t n)
{
    char *buf = malloc(n);
    CHECK(buf);
    for (size_t i = 0; i < n; i++)
        buf[i] = (char)('a' + i % 26);
    CHECK_EQ(go_write(fd, buf, n), n);
    free(buf);
}

/* More than the kernel keeps for a terminal. */
static void much(bool blocking)
{
    int m, s;
    size_t n = 200000;
    char *buf = malloc(n);
    terminal(&m, &s);
    if (!blocking)
        CHECK_EQ(fcntl(s, F_SETFL, O_RDWR | O_NONBLOCK), 0);
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, give, s, n);
    CHECK_EQ(read_full(m, buf, n), n);
    for (size_t i = 0; i < n; i++)
        CHECK_EQ(buf[i], 'a' + i % 26);
    go_waitgroup_wait(&wg);
    free(buf);
    CHECK_EQ(go_close_fd(s), 0);
    CHECK_EQ(go_close_fd(m), 0);
}

int main(void)
{
    lines(true);
    lines(false);
    much(true);
    much(false);
}
