/* SPDX-License-Identifier: MIT */
/* D9: a number that was used here, closed by close(2), and now names a file of another
 * kind, is read and written as what it is now. */
#include "net_support.h"

/* Waits once, so that all is known of them that can be. */
static void use(struct link l)
{
    char c;
    CHECK_FAILS(go_read_until(l.b.r, &c, 1, go_now() + GO_MILLISECOND), ETIMEDOUT);
    CHECK_EQ(go_write(l.a.w, "x", 1), 1);
    CHECK_EQ(go_read(l.b.r, &c, 1), 1);
}

static void close_elsewhere(struct link l)
{
    close(l.a.r);
    close(l.b.r);
    if (l.a.r != l.a.w) {
        close(l.a.w);
        close(l.b.w);
    }
}

/* Something is there when it is read, and all of it is taken: a wait for a number that is
 * not known to be a new one lasts until the kernel is asked again. */
static void talk(int from, int to)
{
    char buf[3];
    struct iovec v = { buf, 2 };
    CHECK_EQ(go_write(from, "abc", 3), 3);
    CHECK_EQ(go_read(to, buf, sizeof buf), 3);
    CHECK_EQ(go_writev(from, &(struct iovec){ "de", 2 }, 1), 2);
    CHECK_EQ(go_readv(to, &v, 1), 2);
    CHECK_EQ(memcmp(buf, "de", 2), 0);
}

static void plain_pipes(void)
{
    int p[4][2];
    for (int i = 0; i < 4; i++)
        CHECK_EQ(pipe(p[i]), 0);
    for (int i = 0; i < 4; i++) {
        talk(p[i][1], p[i][0]);
        close(p[i][0]);
        close(p[i][1]);
    }
}

static void plain_sockets(void)
{
    int s[4][2];
    for (int i = 0; i < 4; i++)
        CHECK_EQ(socketpair(AF_UNIX, i % 2 ? SOCK_STREAM : SOCK_SEQPACKET, 0, s[i]), 0);
    for (int i = 0; i < 4; i++) {
        talk(s[i][0], s[i][1]);
        talk(s[i][1], s[i][0]);
        close(s[i][0]);
        close(s[i][1]);
    }
}

/* Made here: known to be new, so they may wait. */
static void ours(void)
{
    for (int k = 0; k < PIPE + 1; k++) {
        struct link l = link_make((enum kind)k);
        use(l);
        link_close(l);
    }
}

static void files(void)
{
    char path[] = "/tmp/goroutine-file-XXXXXX", c;
    int f = mkstemp(path);
    CHECK(f >= 0);
    unlink(path);
    CHECK_EQ(go_write(f, "x", 1), 1);
    CHECK_EQ(lseek(f, 0, SEEK_SET), 0);
    CHECK_EQ(go_read(f, &c, 1), 1);
    CHECK_EQ(go_read(f, &c, 1), 0);
    close(f);
}

int main(void)
{
    void (*next[])(void) = { plain_pipes, plain_sockets, ours };
    for (int k = 0; k < KINDS; k++)
        for (int i = 0; i < 3; i++) {
            struct link l = link_make((enum kind)k);
            use(l);
            close_elsewhere(l);
            if (k % 2)
                files();
            next[i]();
        }
}
