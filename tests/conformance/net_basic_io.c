/* SPDX-License-Identifier: MIT */
/* Rule 25: what is written in pieces of any size comes out at the other end, whole and in
 * order, both ways at once; after the close comes the end. */
#include "net_support.h"

static char *sent;
static size_t size;

static void send_all(int fd)
{
    uint32_t seed = 1;
    size_t at = 0;
    while (at < size) {
        size_t n = 1 + next_random(&seed) % 5000;
        n = n < size - at ? n : size - at;
        CHECK_EQ(go_write(fd, sent + at, n), n);
        at += n;
    }
}

/* What comes goes back, until the end. */
static void echo(struct end e, go_waitgroup *wg)
{
    char buf[3001];
    ssize_t n;
    while ((n = go_read(e.r, buf, sizeof buf)) > 0)
        CHECK_EQ(go_write(e.w, buf, (size_t)n), n);
    CHECK_EQ(n, 0);
    end_close(e);
    go_waitgroup_done(wg);
}

static void there_and_back(enum kind k)
{
    struct link l = link_make(k);
    go_waitgroup wg = { 0 };
    char *back = malloc(size);
    CHECK(back);
    go_waitgroup_add(&wg, 1);
    go(echo, l.b, &wg);
    go_waitgroup_go(&wg, send_all, l.a.w);
    CHECK_EQ(read_full(l.a.r, back, size), size);
    CHECK_EQ(memcmp(back, sent, size), 0);
    if (l.a.r == l.a.w)
        CHECK_EQ(shutdown(l.a.w, SHUT_WR), 0);
    else
        CHECK_EQ(go_close_fd(l.a.w), 0);
    CHECK_EQ(go_read(l.a.r, back, 1), 0);
    CHECK_EQ(go_read(l.a.r, back, 1), 0);
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_close_fd(l.a.r), 0);
    free(back);
}

int main(void)
{
    size = (size_t)test_scale(1 << 20, 1 << 17) + 77;
    sent = malloc(size);
    CHECK(sent);
    for (size_t i = 0; i < size; i++)
        sent[i] = (char)(i * 31 + i / 251);
    for (int k = 0; k < KINDS; k++)
        there_and_back((enum kind)k);
    free(sent);
}
