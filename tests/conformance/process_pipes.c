/* SPDX-License-Identifier: MIT */
/* process.h: pipes: a megabyte to the program and back, beside other goroutines, which is
 * more than a pipe holds; a program that does not read; one that is gone. */
#include "support.h"

#include <goroutine.h>
#include <goroutine/net.h>

enum { SIZE = 1 << 20 };

static char byte_at(int i, size_t n)
{
    return (char)(n * 7 + (n >> 8) + (size_t)i);
}

static void feed(int i, int fd)
{
    char *buf = malloc(SIZE);
    CHECK(buf != NULL);
    for (size_t n = 0; n < SIZE; n++)
        buf[n] = byte_at(i, n);
    CHECK_EQ(go_write(fd, buf, SIZE), SIZE);
    CHECK_EQ(go_close_fd(fd), 0);
    free(buf);
}

static void through_cat(int i)
{
    char *argv[] = { "cat", NULL }, buf[4096];
    go_process p;
    go_waitgroup wg = { 0 };
    int status;
    CHECK(go_process_start(
              &p, &(go_command){ .argv = argv, .in = GO_STDIO_PIPE, .out = GO_STDIO_PIPE }) > 0);
    go_waitgroup_go(&wg, feed, i, p.in);
    size_t at = 0;
    ssize_t n;
    while ((n = go_read(p.out, buf, sizeof buf)) > 0)
        for (ssize_t k = 0; k < n; k++, at++)
            CHECK_EQ(buf[k], byte_at(i, at));
    CHECK_EQ(n, 0);
    CHECK_EQ(at, SIZE);
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_process_wait(&p, &status), 0);
    CHECK_EQ(status, 0);
    CHECK_EQ(go_close_fd(p.out), 0);
    go_process_drop(&p);
}

static void does_not_read(void)
{
    char *argv[] = { "sh", "-c", "read x; exit 0", NULL };
    static char buf[SIZE];
    go_process p;
    CHECK(go_process_start(&p, &(go_command){ .argv = argv, .in = GO_STDIO_PIPE }) > 0);
    ssize_t n = go_write_until(p.in, buf, sizeof buf, go_now() + 5 * GO_MILLISECOND);
    CHECK(n < SIZE);
    memset(buf, '\n', sizeof buf);
    CHECK_EQ(go_signal_ignore(SIGPIPE), 0);
    while (go_write(p.in, buf, 1) == 1)
        go_yield();
    CHECK_EQ(errno, EPIPE);
    CHECK_EQ(go_signal_reset(SIGPIPE), 0);
    CHECK_EQ(go_close_fd(p.in), 0);
    CHECK_EQ(go_process_wait(&p, NULL), 0);
    go_process_drop(&p);
}

int main(void)
{
    int n = test_scale(10, 2);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < n; i++)
        go_waitgroup_go(&wg, through_cat, i);
    go_waitgroup_wait(&wg);
    does_not_read();
}
