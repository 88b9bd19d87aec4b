/* SPDX-License-Identifier: MIT */
/* Rule D9: a short read of a TCP stream is not taken for more than it is: the end, urgent
 * data, a reset or more bytes behind it are found by the next read, also when they came
 * before it. */
#include "net_support.h"

/* Once a read has waited, the poller knows the descriptor. */
static struct link known(void)
{
    struct link l = link_tcp();
    char c;
    CHECK_FAILS(go_read_until(l.b.r, &c, 1, go_now() + GO_MILLISECOND), ETIMEDOUT);
    return l;
}

static void expect(int fd, const char *want)
{
    char buf[100];
    size_t n = strlen(want);
    CHECK_EQ(go_read(fd, buf, sizeof buf), n);
    CHECK_EQ(memcmp(buf, want, n), 0);
}

static void data_and_end(void)
{
    struct link l = known();
    char c;
    CHECK_EQ(go_write(l.a.w, "last", 4), 4);
    CHECK_EQ(shutdown(l.a.w, SHUT_WR), 0);
    expect(l.b.r, "last");
    CHECK_EQ(go_read(l.b.r, &c, 1), 0);
    CHECK_EQ(go_read(l.b.r, &c, 1), 0);
    CHECK_EQ(go_write(l.b.w, "yes", 3), 3); /* the other way is open */
    expect(l.a.r, "yes");
    link_close(l);
}

static void end_of_our_side(void)
{
    struct link l = known();
    char c;
    CHECK_EQ(go_write(l.a.w, "last", 4), 4);
    expect(l.b.r, "last");
    CHECK_EQ(shutdown(l.b.r, SHUT_RD), 0);
    CHECK_EQ(go_read(l.b.r, &c, 1), 0);
    link_close(l);
}

/* A read stops before the urgent byte and begins again behind it. */
static void urgent(void)
{
    struct link l = known();
    char c;
    CHECK_EQ(go_write(l.a.w, "abc", 3), 3);
    CHECK_EQ(go_sendto(l.a.w, "!", 1, MSG_OOB, NULL, 0), 1);
    CHECK_EQ(go_write(l.a.w, "def", 3), 3);
    expect(l.b.r, "abc");
    struct pollfd p = { l.b.r, POLLPRI, 0 };
    CHECK_EQ(go_poll(&p, 1, -1), 1);
    CHECK_EQ(go_recvfrom(l.b.r, &c, 1, MSG_OOB, NULL, NULL), 1);
    CHECK_EQ(c, '!');
    expect(l.b.r, "def");
    CHECK_FAILS(go_recvfrom(l.b.r, &c, 1, MSG_OOB, NULL, NULL), EINVAL); /* never waits */
    link_close(l);
}

static void reset(void)
{
    struct link l = known();
    char c;
    struct linger hard = { 1, 0 };
    CHECK_EQ(go_write(l.a.w, "x", 1), 1);
    expect(l.b.r, "x");
    CHECK_EQ(setsockopt(l.a.w, SOL_SOCKET, SO_LINGER, &hard, sizeof hard), 0);
    end_close(l.a);
    CHECK_FAILS(go_read(l.b.r, &c, 1), ECONNRESET);
    CHECK_EQ(go_read(l.b.r, &c, 1), 0);
    CHECK_FAILS(go_write(l.b.w, "x", 1), EPIPE); /* and no signal */
    end_close(l.b);
}

/* One byte is read at a time while more come: never short, or each time. */
static void many(void)
{
    struct link l = known();
    char buf[8], text[] = "0123456789";
    int rounds = test_scale(3000, 300);
    for (int i = 0; i < rounds; i++) {
        size_t n = 1 + (size_t)i % 10, have = 0;
        CHECK_EQ(go_write(l.a.w, text, n), n);
        while (have < n) {
            ssize_t r = go_read(l.b.r, buf, 1 + (size_t)i % sizeof buf);
            CHECK(r > 0 && memcmp(buf, text + have, (size_t)r) == 0);
            have += (size_t)r;
        }
    }
    link_close(l);
}

static void peek(void)
{
    struct link l = known();
    char buf[100];
    CHECK_EQ(go_write(l.a.w, "abc", 3), 3);
    CHECK_EQ(go_recvfrom(l.b.r, buf, sizeof buf, MSG_PEEK, NULL, NULL), 3);
    struct iovec v[2] = { { buf, 2 }, { buf + 2, 90 } };
    CHECK_EQ(go_readv(l.b.r, v, 2), 3);
    CHECK_EQ(memcmp(buf, "abc", 3), 0);
    CHECK_FAILS(go_recvfrom(l.b.r, buf, 1, MSG_DONTWAIT, NULL, NULL), EAGAIN);
    /* Whoever wants it now gets what has come, though the last read was a short one. */
    CHECK_EQ(go_write(l.a.w, "d", 1), 1);
    CHECK_EQ(go_read_until(l.b.r, buf, 1, 0), 1);
    link_close(l);
}

int main(void)
{
    data_and_end();
    end_of_our_side();
    urgent();
    reset();
    many();
    peek();
}
