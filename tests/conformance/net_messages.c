/* SPDX-License-Identifier: MIT */
/* go_sendmsg, go_recvmsg, go_readv, go_writev: many buffers, more than there is room for;
 * descriptors that are passed; MSG_WAITALL, MSG_PEEK. */
#include "net_support.h"

enum { BUFFERS = 50 };

static char *fill(struct iovec *v, size_t *size)
{
    size_t n = 0;
    for (int i = 0; i < BUFFERS; i++)
        n += (size_t)i * 517; /* the first is empty */
    char *mem = malloc(n), *p = mem;
    CHECK(mem);
    for (size_t i = 0; i < n; i++)
        mem[i] = (char)(i * 7 + i / 256);
    for (int i = 0; i < BUFFERS; i++, p += v[i - 1].iov_len)
        v[i] = (struct iovec){ p, (size_t)i * 517 };
    *size = n;
    return mem;
}

static void write_vector(int fd, struct iovec *v, size_t size, bool msg)
{
    struct msghdr m = { .msg_iov = v, .msg_iovlen = BUFFERS };
    CHECK_EQ(msg ? go_sendmsg(fd, &m, 0) : go_writev(fd, v, BUFFERS), size);
}

/* By sendmsg where there are sockets. */
static void vectors(enum kind k, bool msg)
{
    struct link l = link_make(k);
    struct iovec out[BUFFERS], in[3];
    size_t size, have = 0;
    char *sent = fill(out, &size), *got = malloc(size);
    int small = 4096;
    if (l.a.r == l.a.w)
        CHECK_EQ(setsockopt(l.a.w, SOL_SOCKET, SO_SNDBUF, &small, sizeof small), 0);
    go_waitgroup wg = { 0 };
    CHECK(got);
    go_waitgroup_go(&wg, write_vector, l.a.w, out, size, msg);
    while (have < size) {
        size_t left = size - have, first = left < 100 ? left : 100;
        in[0] = (struct iovec){ got + have, first };
        in[1] = (struct iovec){ NULL, 0 };
        in[2] = (struct iovec){ got + have + first, left - first };
        ssize_t r = go_readv(l.b.r, in, 3);
        CHECK(r > 0);
        have += (size_t)r;
    }
    go_waitgroup_wait(&wg);
    CHECK_EQ(memcmp(sent, got, size), 0);
    CHECK_FAILS(go_readv(l.b.r, in, -1), EINVAL);
    CHECK_FAILS(go_writev(l.a.w, in, 1025), EINVAL);
    in[0].iov_len = SIZE_MAX;
    CHECK_FAILS(go_writev(l.a.w, in, 1), EINVAL);
    CHECK_EQ(go_writev(l.a.w, in, 0), 0);
    CHECK_EQ(go_readv(l.b.r, in, 0), 0);
    free(sent);
    free(got);
    link_close(l);
}

static void in_pieces(int fd, const char *text)
{
    for (; *text; text++) {
        CHECK_EQ(go_write(fd, text, 1), 1);
        go_yield();
    }
}

static void all_of_it(enum kind k)
{
    struct link l = link_make(k);
    char buf[9] = { 0 };
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, in_pieces, l.a.w, "abcdefgh");
    CHECK_EQ(go_recvfrom(l.b.r, buf, 8, MSG_WAITALL | MSG_PEEK, NULL, NULL), 8);
    CHECK_EQ(strcmp(buf, "abcdefgh"), 0);
    go_waitgroup_wait(&wg);
    memset(buf, 0, sizeof buf);
    go_waitgroup_go(&wg, in_pieces, l.a.w, "ijk");
    struct iovec v[] = { { buf, 1 }, { buf + 1, 4 }, { buf + 5, 3 } };
    struct msghdr m = { .msg_iov = v, .msg_iovlen = 3 };
    CHECK_EQ(go_recvmsg(l.b.r, &m, MSG_WAITALL), 8);
    CHECK_EQ(strcmp(buf, "abcdefgh"), 0);
    go_waitgroup_wait(&wg);
    CHECK_EQ(shutdown(l.a.w, SHUT_WR), 0);
    CHECK_EQ(go_recvfrom(l.b.r, buf, 8, MSG_WAITALL | MSG_PEEK, NULL, NULL), 3);
    CHECK_EQ(go_recvfrom(l.b.r, buf, 8, MSG_WAITALL, NULL, NULL), 3); /* then the end */
    CHECK_EQ(memcmp(buf, "ijk", 3), 0);
    CHECK_EQ(go_recvfrom(l.b.r, buf, 8, MSG_WAITALL, NULL, NULL), 0);
    link_close(l);
}

union control {
    char room[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
};

static void pass(int over, int fd, struct iovec *v, int n)
{
    union control c = { { 0 } };
    struct msghdr m = { .msg_iov = v,
                        .msg_iovlen = (size_t)n,
                        .msg_control = c.room,
                        .msg_controllen = sizeof c.room };
    struct cmsghdr *h = CMSG_FIRSTHDR(&m);
    size_t size = 0;
    h->cmsg_level = SOL_SOCKET;
    h->cmsg_type = SCM_RIGHTS;
    h->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(h), &fd, sizeof fd);
    for (int i = 0; i < n; i++)
        size += v[i].iov_len;
    CHECK_EQ(go_sendmsg(over, &m, 0), size);
}

/* -1: none came. */
static int take(int over, char *buf, size_t n, int flags, ssize_t want)
{
    union control c;
    struct iovec v = { buf, n };
    struct msghdr m = {
        .msg_iov = &v, .msg_iovlen = 1, .msg_control = c.room, .msg_controllen = sizeof c.room
    };
    ssize_t r = go_recvmsg(over, &m, flags | MSG_CMSG_CLOEXEC);
    CHECK_EQ(r, want);
    struct cmsghdr *h = CMSG_FIRSTHDR(&m);
    int fd = -1;
    if (h)
        memcpy(&fd, CMSG_DATA(h), sizeof fd);
    return fd;
}

/* A descriptor comes once, with the bytes it was sent with, however many. */
static void descriptors(enum kind k)
{
    struct link l = link_make(k);
    struct iovec out[BUFFERS];
    size_t size;
    int p[2], small = 4096;
    char *sent = fill(out, &size), buf[16], *rest = malloc(size);
    CHECK(rest && go_pipe(p) == 0);
    CHECK_EQ(setsockopt(l.a.w, SOL_SOCKET, SO_SNDBUF, &small, sizeof small), 0);
    go_waitgroup wg = { 0 };
    CHECK_EQ(go_write(l.a.w, "before", 6), 6);
    go_waitgroup_go(&wg, pass, l.a.w, p[1], out, BUFFERS);
    char first;
    int got = take(l.b.r, buf, 7, MSG_WAITALL, 7); /* goes on to where it comes */
    CHECK(got >= 0);
    CHECK_EQ(memcmp(buf, "before", 6), 0);
    first = buf[6];
    CHECK_EQ(first, sent[0]);
    CHECK_EQ(take(l.b.r, rest, size - 1, MSG_WAITALL, (ssize_t)size - 1), -1);
    CHECK_EQ(memcmp(rest, sent + 1, size - 1), 0);
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_close_fd(p[1]), 0);
    CHECK_EQ(go_write(got, "x", 1), 1);
    CHECK_EQ(go_close_fd(got), 0);
    CHECK_EQ(go_read(p[0], buf, 2), 1);
    CHECK_EQ(go_read(p[0], buf, 2), 0);
    CHECK_EQ(go_close_fd(p[0]), 0);
    free(sent);
    free(rest);
    link_close(l);
}

int main(void)
{
    for (int k = 0; k < KINDS; k++) {
        bool sockets =
            k == TCP || k == UNIX || k == PAIR || k == BLOCKING_TCP || k == BLOCKING_PAIR;
        vectors((enum kind)k, false);
        if (sockets) {
            vectors((enum kind)k, true);
            all_of_it((enum kind)k);
        }
    }
    descriptors(UNIX);
    descriptors(BLOCKING_PAIR);
    int p[2];
    struct msghdr m = { 0 };
    char c;
    CHECK_EQ(go_pipe(p), 0);
    CHECK_FAILS(go_sendmsg(p[1], &m, 0), ENOTSOCK);
    CHECK_FAILS(go_recvmsg(p[0], &m, 0), ENOTSOCK);
    CHECK_FAILS(go_recvfrom(p[0], &c, 1, MSG_WAITALL, NULL, NULL), ENOTSOCK);
    CHECK_FAILS(go_sendto(p[1], &c, 1, 0, NULL, 0), ENOTSOCK);
}
