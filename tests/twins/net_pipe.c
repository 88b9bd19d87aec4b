/* SPDX-License-Identifier: MIT */
/* Pipes: bytes in order, the end, deadlines that are set, moved and taken back, the close
 * under a reader. */
#include <goroutine.h>
#include <goroutine/net.h>
#include <stdio.h>

static const char *why(ssize_t n)
{
    if (n > 0)
        return "data";
    if (n == 0)
        return "end";
    return errno == ETIMEDOUT ? "timeout" : errno == EBADF ? "closed" : "?";
}

static void count(int fd)
{
    char line[32];
    for (int i = 1; i <= 5; i++) {
        int n = snprintf(line, sizeof line, "number %d\n", i);
        go_write(fd, line, (size_t)n);
    }
    go_close_fd(fd);
}

static void copy_to_stdout(int fd)
{
    char buf[7];
    ssize_t n;
    while ((n = go_read(fd, buf, sizeof buf)) > 0)
        printf("%.*s", (int)n, buf);
    puts(why(n));
}

static void read_once(int fd, go_chan(const char *) result)
{
    char c;
    go_send(result, why(go_read(fd, &c, 1)));
}

static void write_large(int fd, go_chan(const char *) result)
{
    static char large[1 << 20];
    ssize_t n = go_write(fd, large, sizeof large);
    go_send(result, n > 0 && n < (ssize_t)sizeof large ? "some" : "?");
}

int main(void)
{
    int p[2];
    char c;
    const char *text;
    go_chan(const char *) result = go_make(const char *, 0);
    if (go_pipe(p) < 0)
        return 1;
    go(count, p[1]);
    copy_to_stdout(p[0]);
    go_close_fd(p[0]);

    if (go_pipe(p) < 0)
        return 1;
    if (go_set_read_deadline(p[0], go_now() + 2 * GO_MILLISECOND))
        return 1;
    puts(why(go_read(p[0], &c, 1)));
    go_write(p[1], "x", 1);
    puts(why(go_read(p[0], &c, 1))); /* still too late */
    if (go_set_deadline(p[0], GO_FOREVER))
        return 1;
    puts(why(go_read(p[0], &c, 1)));

    go(read_once, p[0], result);
    if (go_set_read_deadline(p[0], go_now()))
        return 1;
    go_recv(result, &text);
    puts(text);

    if (go_set_read_deadline(p[0], GO_FOREVER))
        return 1;
    go(write_large, p[1], result);
    puts(why(go_read(p[0], &c, 1))); /* it has begun */
    if (go_set_write_deadline(p[1], go_now()))
        return 1;
    go_recv(result, &text);
    puts(text);
    puts(why(go_write(p[1], "x", 1)));

    int q[2];
    if (go_pipe(q) < 0)
        return 1;
    for (int i = 0; i < 3; i++)
        go(read_once, q[0], result);
    go_sleep(GO_MILLISECOND);
    go_close_fd(q[0]);
    for (int i = 0; i < 3; i++) {
        go_recv(result, &text);
        puts(text);
    }
    go_drop(result);
}
