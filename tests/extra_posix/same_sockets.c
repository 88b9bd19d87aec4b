/* SPDX-License-Identifier: MIT */
/* Sockets in blocking mode: what is returned is what libc returns. */
#include "same.h"

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { MUCH = 4 << 20, MS = 8 };

static char much[MUCH];

static void pair(int type, int fds[2])
{
    CHECK_EQ(socketpair(AF_UNIX, type, 0, fds), 0);
}

static void tcp_pair(int fds[2])
{
    struct sockaddr_in at;
    int l = listen_tcp(1, &at);
    fds[0] = socket(AF_INET, SOCK_STREAM, 0);
    CHECK_EQ(connect(fds[0], (struct sockaddr *)&at, sizeof at), 0);
    fds[1] = accept(l, NULL, NULL);
    CHECK(fds[1] >= 0);
    close(l);
}

static void close_pair(int fds[2])
{
    close(fds[0]);
    close(fds[1]);
}

/* --- Receiving ----------------------------------------------------------------------- */

static void send_three_pieces(int fd)
{
    for (int i = 0; i < 3; i++) {
        usleep(2000);
        CHECK_EQ(send(fd, "abcd", 4, 0), 4);
    }
}

static void send_six_and_end(int fd)
{
    usleep(2000);
    CHECK_EQ(send(fd, "abcdef", 6, 0), 6);
    usleep(2000);
    CHECK_EQ(shutdown(fd, SHUT_WR), 0);
}

static void receive_all(struct notes *notes, int fds[2])
{
    char buf[16] = "";
    struct peer p;
    peer_start(&p, fds[1], send_three_pieces);
    NOTE(recv(fds[0], buf, 12, MSG_WAITALL));
    peer_end(&p);
    NOTE(memcmp(buf, "abcdabcdabcd", 12));
    peer_start(&p, fds[1], send_six_and_end);
    NOTE(recv(fds[0], buf, 12, MSG_WAITALL));
    peer_end(&p);
    NOTE(recv(fds[0], buf, 12, MSG_WAITALL));
    NOTE(recv(fds[0], buf, 12, 0));
    NOTE(read(fds[0], buf, 12));
}

static void wait_all(struct notes *notes)
{
    int fds[2];
    pair(SOCK_STREAM, fds);
    receive_all(notes, fds);
    close_pair(fds);
    tcp_pair(fds);
    receive_all(notes, fds);
    close_pair(fds);
}

static void peek_and_wait_all(struct notes *notes)
{
    int fds[2];
    char buf[16] = "";
    struct peer p;
    tcp_pair(fds);
    peer_start(&p, fds[1], send_three_pieces);
    NOTE(recv(fds[0], buf, 10, MSG_WAITALL | MSG_PEEK));
    NOTE(recv(fds[0], buf, 12, MSG_WAITALL));
    peer_end(&p);
    peer_start(&p, fds[1], send_three_pieces);
    struct iovec v[2] = { { buf, 5 }, { buf + 5, 7 } };
    struct msghdr m = { .msg_iov = v, .msg_iovlen = 2 };
    NOTE(recvmsg(fds[0], &m, MSG_WAITALL));
    NOTE(memcmp(buf, "abcdabcdabcd", 12));
    peer_end(&p);
    struct sockaddr_storage from;
    socklen_t len = sizeof from;
    peer_start(&p, fds[1], send_three_pieces);
    NOTE(recvfrom(fds[0], buf, 12, MSG_WAITALL, (struct sockaddr *)&from, &len));
    NOTE(len);
    peer_end(&p);
    close_pair(fds);
}

static void datagrams(struct notes *notes)
{
    int fds[2];
    char buf[16] = "";
    struct sockaddr_in at = { .sin_family = AF_INET }, from;
    socklen_t len = sizeof at;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fds[0] = socket(AF_INET, SOCK_DGRAM, 0);
    fds[1] = socket(AF_INET, SOCK_DGRAM, 0);
    CHECK_EQ(bind(fds[0], (struct sockaddr *)&at, len), 0);
    CHECK_EQ(getsockname(fds[0], (struct sockaddr *)&at, &len), 0);
    NOTE(sendto(fds[1], "hello", 5, 0, (struct sockaddr *)&at, len));
    NOTE(sendto(fds[1], "", 0, 0, (struct sockaddr *)&at, len));
    NOTE(sendto(fds[1], "there", 5, 0, (struct sockaddr *)&at, len));
    NOTE(sendto(fds[1], much, 1 << 20, 0, (struct sockaddr *)&at, len));
    NOTE(sendto(fds[1], "hello", 5, 0, (struct sockaddr *)&at, 3));
    NOTE(send(fds[1], "hello", 5, 0));
    NOTE(write(fds[1], "hello", 5));
    NOTE(recvfrom(fds[0], buf, 2, MSG_PEEK | MSG_TRUNC, NULL, NULL));
    len = sizeof from;
    NOTE(recvfrom(fds[0], buf, 16, MSG_WAITALL, (struct sockaddr *)&from, &len));
    NOTE(len);
    NOTE(from.sin_addr.s_addr == at.sin_addr.s_addr);
    NOTE(recv(fds[0], buf, 16, 0));
    NOTE(read(fds[0], buf, 3));
    NOTE(recv(fds[0], buf, 16, MSG_DONTWAIT));
    set_time_limit(fds[0], SO_RCVTIMEO, MS);
    NOTE(recvfrom(fds[0], buf, 16, 0, (struct sockaddr *)&from, &len));
    close_pair(fds);
}

static void many_messages(struct notes *notes)
{
    int fds[2];
    char buf[4][8] = { "" };
    struct iovec v[4];
    struct mmsghdr m[4] = { { { 0 }, 0 } };
    pair(SOCK_DGRAM, fds);
    for (int i = 0; i < 4; i++) {
        v[i] = (struct iovec){ buf[i], (size_t)i + 1 };
        m[i].msg_hdr.msg_iov = &v[i];
        m[i].msg_hdr.msg_iovlen = 1;
    }
    NOTE(sendmmsg(fds[1], m, 4, 0));
    for (int i = 0; i < 4; i++)
        NOTE(m[i].msg_len);
    NOTE(recvmmsg(fds[0], m, 2, 0, NULL));
    NOTE(recvmmsg(fds[0], m, 4, MSG_WAITFORONE, NULL));
    NOTE(m[1].msg_len);
    set_time_limit(fds[0], SO_RCVTIMEO, MS);
    NOTE(recvmmsg(fds[0], m, 4, 0, NULL));
    CHECK_EQ(send(fds[1], "x", 1, 0), 1);
    NOTE(recvmmsg(fds[0], m, 4, 0, NULL));
    struct timespec t = { 0, 1000 };
    NOTE(recvmmsg(fds[0], m, 4, 0, &t));
    NOTE(recvmmsg(fds[0], m, 0, 0, NULL));
    NOTE(sendmmsg(fds[1], m, 0, 0));
    close_pair(fds);
}

/* --- Time limits -------------------------------------------------------------------- */

static void receive_limits(struct notes *notes)
{
    int fds[2];
    char buf[16] = "";
    struct iovec v = { buf, sizeof buf };
    struct msghdr m = { .msg_iov = &v, .msg_iovlen = 1 };
    struct sockaddr_in at;
    pair(SOCK_STREAM, fds);
    set_time_limit(fds[0], SO_RCVTIMEO, MS);
    int64_t start = go_now();
    NOTE(read(fds[0], buf, 1));
    NOTE_AS("not early", go_now() - start >= MS * GO_MILLISECOND);
    NOTE(recv(fds[0], buf, 1, 0));
    NOTE(recvmsg(fds[0], &m, 0));
    NOTE(readv(fds[0], &v, 1));
    CHECK_EQ(write(fds[1], "abc", 3), 3);
    NOTE(recv(fds[0], buf, 10, MSG_WAITALL)); /* what has come */
    NOTE(recv(fds[0], buf, 10, MSG_WAITALL));
    CHECK_EQ(write(fds[1], "abc", 3), 3);
    NOTE(recvmsg(fds[0], &m, MSG_WAITALL));
    close_pair(fds);
    int l = listen_tcp(1, &at);
    set_time_limit(l, SO_RCVTIMEO, MS);
    NOTE(accept(l, NULL, NULL));
    NOTE(accept4(l, NULL, NULL, SOCK_NONBLOCK));
    close(l);
}

static void send_limits(struct notes *notes)
{
    int fds[2];
    pair(SOCK_STREAM, fds);
    set_time_limit(fds[0], SO_SNDTIMEO, MS);
    long r = send(fds[0], much, MUCH, 0);
    NOTE(r > 0 && r < MUCH);
    NOTE(send(fds[0], much, MUCH, 0));
    NOTE(write(fds[0], much, 1));
    struct iovec v[2] = { { much, 1 }, { much, 2 } };
    NOTE(writev(fds[0], v, 2));
    close_pair(fds);
    pair(SOCK_DGRAM, fds);
    set_time_limit(fds[0], SO_SNDTIMEO, MS);
    int sent = 0;
    while (send(fds[0], much, 1000, 0) == 1000)
        sent++;
    NOTE(errno);
    NOTE(sent > 1);
    close_pair(fds);
}

/* --- Connecting ----------------------------------------------------------------------- */

static void connecting(struct notes *notes)
{
    struct sockaddr_in at;
    int l = listen_tcp(0, &at), s = socket(AF_INET, SOCK_STREAM, 0);
    NOTE(connect(s, (struct sockaddr *)&at, sizeof at));
    NOTE(fcntl(s, F_GETFL) & O_NONBLOCK);
    NOTE(connect(s, (struct sockaddr *)&at, sizeof at));
    NOTE(connect(s, (struct sockaddr *)&at, 1));
    close(s);
    /* The backlog holds one or two: then an attempt stays without an answer. */
    int fill[4];
    for (int i = 0; i < 4; i++) {
        fill[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        (void)!connect(fill[i], (struct sockaddr *)&at, sizeof at);
    }
    s = socket(AF_INET, SOCK_STREAM, 0);
    set_time_limit(s, SO_SNDTIMEO, MS);
    int64_t start = go_now();
    NOTE(connect(s, (struct sockaddr *)&at, sizeof at));
    NOTE_AS("not early", go_now() - start >= MS * GO_MILLISECOND);
    NOTE(connect(s, (struct sockaddr *)&at, sizeof at));
    NOTE(fcntl(s, F_GETFL) & O_NONBLOCK);
    close(s);
    for (int i = 0; i < 4; i++)
        close(fill[i]);
    close(l);
    s = socket(AF_INET, SOCK_STREAM, 0);
    NOTE(connect(s, (struct sockaddr *)&at, sizeof at)); /* nobody listens there now */
    close(s);
    NOTE(connect(s, (struct sockaddr *)&at, sizeof at));
    NOTE(connect(-1, (struct sockaddr *)&at, sizeof at));
    NOTE(connect(0, (struct sockaddr *)&at, sizeof at));
}

static void connecting_unix(struct notes *notes)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    snprintf(at.sun_path + 1, sizeof at.sun_path - 1, "go_posix_same.%d", (int)getpid());
    int l = socket(AF_UNIX, SOCK_STREAM, 0), s[3];
    NOTE(connect(l, (struct sockaddr *)&at, sizeof at));
    CHECK_EQ(bind(l, (struct sockaddr *)&at, sizeof at), 0);
    CHECK_EQ(listen(l, 0), 0);
    for (int i = 0; i < 3; i++) {
        s[i] = socket(AF_UNIX, SOCK_STREAM, 0);
        set_time_limit(s[i], SO_SNDTIMEO, MS);
        NOTE(connect(s[i], (struct sockaddr *)&at, sizeof at));
    }
    for (int i = 0; i < 3; i++)
        close(s[i]);
    close(l);
}

/* --- Ends --------------------------------------------------------------------------- */

static volatile sig_atomic_t sigpipes;

static void count_sigpipe(int sig)
{
    (void)sig;
    sigpipes++;
}

static void ends(struct notes *notes)
{
    int fds[2];
    struct iovec v[2] = { { much, 1 }, { much, 2 } };
    struct msghdr m = { .msg_iov = v, .msg_iovlen = 2 };
    signal(SIGPIPE, count_sigpipe);
    sigpipes = 0;
    pair(SOCK_STREAM, fds);
    close(fds[1]);
    NOTE(read(fds[0], much, 1));
    NOTE(write(fds[0], "x", 1));
    NOTE(sigpipes);
    NOTE(send(fds[0], "x", 1, MSG_NOSIGNAL));
    NOTE(sigpipes);
    NOTE(writev(fds[0], v, 2));
    NOTE(sendmsg(fds[0], &m, MSG_NOSIGNAL));
    NOTE(sendto(fds[0], "x", 1, 0, NULL, 0));
    NOTE(sigpipes);
    close(fds[0]);
    NOTE(read(fds[0], much, 1));
    NOTE(write(fds[0], much, 1));
    NOTE(recv(fds[0], much, 1, 0));
    NOTE(send(fds[0], much, 1, 0));
    NOTE(accept(fds[0], NULL, NULL));
    NOTE(close(fds[0]));
    NOTE(close(-1));
    signal(SIGPIPE, SIG_DFL);
}

static void read_some_and_close(int fd)
{
    char buf[1000];
    CHECK(read(fd, buf, sizeof buf) > 0);
    usleep(5000);
    close(fd);
}

/* Some of it went, then the other end was closed. */
static void cut_short(struct notes *notes)
{
    int fds[2];
    struct peer p;
    signal(SIGPIPE, count_sigpipe);
    for (int tcp = 0; tcp < 2; tcp++) {
        sigpipes = 0;
        if (tcp)
            tcp_pair(fds);
        else
            pair(SOCK_STREAM, fds);
        int little = 65536; /* or the kernel may have room for all of it */
        CHECK_EQ(setsockopt(fds[0], SOL_SOCKET, SO_SNDBUF, &little, sizeof little), 0);
        CHECK_EQ(setsockopt(fds[1], SOL_SOCKET, SO_RCVBUF, &little, sizeof little), 0);
        peer_start(&p, fds[1], read_some_and_close);
        long r = send(fds[0], much, MUCH, 0);
        peer_end(&p);
        NOTE(r > 0 && r < MUCH);
        NOTE(sigpipes);
        NOTE(send(fds[0], much, 1, 0));
        NOTE(sigpipes);
        NOTE(send(fds[0], much, 1, 0));
        NOTE(sigpipes);
        close(fds[0]);
    }
    signal(SIGPIPE, SIG_DFL);
}

static void reset_under_wait_all(struct notes *notes)
{
    int fds[2];
    char buf[16];
    struct linger hard = { 1, 0 };
    tcp_pair(fds);
    CHECK_EQ(send(fds[1], "abc", 3, 0), 3);
    CHECK_EQ(setsockopt(fds[1], SOL_SOCKET, SO_LINGER, &hard, sizeof hard), 0);
    struct pollfd pfd = { fds[0], POLLIN, 0 };
    CHECK_EQ(poll(&pfd, 1, -1), 1);
    close(fds[1]);
    NOTE(recv(fds[0], buf, 16, MSG_WAITALL));
    NOTE(recv(fds[0], buf, 16, MSG_WAITALL));
    NOTE(recv(fds[0], buf, 16, MSG_WAITALL));
    close(fds[0]);
}

/* --- Control data ------------------------------------------------------------------ */

static void read_much(int fd)
{
    static char sink[1 << 16];
    size_t have = 0;
    while (have < MUCH) {
        ssize_t r = read(fd, sink, sizeof sink < MUCH - have ? sizeof sink : MUCH - have);
        CHECK(r > 0);
        have += (size_t)r;
    }
}

static long count_rights(int fd)
{
    char control[256];
    static char sink[1 << 16];
    struct iovec v = { sink, sizeof sink };
    struct msghdr m = { .msg_iov = &v, .msg_iovlen = 1, .msg_control = control };
    long n = 0;
    m.msg_controllen = sizeof control;
    CHECK(recvmsg(fd, &m, MSG_DONTWAIT) > 0);
    for (struct cmsghdr *c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c)) {
        int got;
        memcpy(&got, CMSG_DATA(c), sizeof got);
        close(got);
        n++;
    }
    return n;
}

static long rights_in_all;

static void read_much_and_rights(int fd)
{
    char control[256];
    static char sink[1 << 16];
    for (size_t have = 0; have < MUCH;) {
        struct iovec v = { sink, sizeof sink };
        struct msghdr m = { .msg_iov = &v, .msg_iovlen = 1, .msg_control = control };
        m.msg_controllen = sizeof control;
        ssize_t r = recvmsg(fd, &m, 0);
        CHECK(r > 0);
        have += (size_t)r;
        for (struct cmsghdr *c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c)) {
            int got;
            memcpy(&got, CMSG_DATA(c), sizeof got);
            close(got);
            rights_in_all++;
        }
    }
}

static void control_data(struct notes *notes)
{
    int fds[2];
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control;
    struct iovec v[2] = { { much, 1 }, { much + 1, 2 } };
    struct msghdr m = { .msg_iov = v, .msg_iovlen = 2, .msg_control = &control };
    struct peer p;
    m.msg_controllen = sizeof control;
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof(int));
    int zero = 0;
    memcpy(CMSG_DATA(c), &zero, sizeof zero);
    pair(SOCK_STREAM, fds);
    NOTE(sendmsg(fds[0], &m, 0));
    NOTE(count_rights(fds[1]));
    v[1].iov_len = MUCH - 1; /* goes in pieces: the right once */
    rights_in_all = 0;
    peer_start(&p, fds[1], read_much_and_rights);
    NOTE(sendmsg(fds[0], &m, 0));
    peer_end(&p);
    NOTE(rights_in_all);
    peer_start(&p, fds[1], read_much);
    NOTE(send(fds[0], much, MUCH, 0));
    peer_end(&p);
    close_pair(fds);
}

static void packets(struct notes *notes)
{
    int fds[2];
    char buf[16];
    struct iovec v[2] = { { buf, 4 }, { buf + 4, 4 } };
    pair(SOCK_SEQPACKET, fds);
    NOTE(write(fds[0], "abcdef", 6));
    NOTE(write(fds[0], "gh", 2));
    NOTE(writev(fds[0], v, 2));
    NOTE(read(fds[1], buf, 4));
    NOTE(readv(fds[1], v, 2));
    NOTE(recv(fds[1], buf, 16, MSG_WAITALL));
    NOTE(send(fds[0], much, MUCH, 0));
    close(fds[0]);
    NOTE(read(fds[1], buf, 4));
    close(fds[1]);
}

static const struct scene scenes[] = {
    { "MSG_WAITALL", wait_all },
    { "MSG_PEEK | MSG_WAITALL", peek_and_wait_all },
    { "datagrams", datagrams },
    { "recvmmsg, sendmmsg", many_messages },
    { "SO_RCVTIMEO", receive_limits },
    { "SO_SNDTIMEO", send_limits },
    { "connect", connecting },
    { "connect, Unix", connecting_unix },
    { "ends", ends },
    { "cut short", cut_short },
    { "reset", reset_under_wait_all },
    { "control data", control_data },
    { "packets", packets },
};

int main(void)
{
    return same_play_all(scenes, sizeof scenes / sizeof scenes[0]);
}
