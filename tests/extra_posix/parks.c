/* SPDX-License-Identifier: MIT */
/* Goroutines that wait in libc's blocking calls need no threads: once all are in the
 * call there are no more threads than a few, though each of them would have blocked one. */
#include "support.h"

#include <poll.h>
#include <stdatomic.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <time.h>

enum { MOST = 100 };

static int n; /* goroutines */
static int a[MOST], b[MOST];
static pid_t child[MOST];
static char path[] = "/tmp/go_posix_XXXXXX";

struct kind {
    const char *name;
    void (*begin)(int i);
    long (*call)(int i);
    void (*release)(int i);
    void (*end)(int i);
    long expect;
};

/* --- Descriptors with nothing to read --------------------------------------------- */

static void pair(int i)
{
    int fds[2];
    CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    a[i] = fds[0];
    b[i] = fds[1];
}

static void pipes(int i)
{
    int fds[2];
    CHECK_EQ(pipe(fds), 0);
    a[i] = fds[0];
    b[i] = fds[1];
}

static void give(int i)
{
    CHECK_EQ(write(b[i], "x", 1), 1);
}

static void close_both(int i)
{
    close(a[i]);
    close(b[i]);
}

static long by_read(int i)
{
    char c = 0;
    return read(a[i], &c, 1) == 1 ? c : -1;
}

static long by_readv(int i)
{
    char c[2] = "";
    struct iovec v[2] = { { c, 1 }, { c + 1, 1 } };
    return readv(a[i], v, 2) == 1 ? c[0] : -1;
}

static long by_recv(int i)
{
    char c = 0;
    return recv(a[i], &c, 1, 0) == 1 ? c : -1;
}

static long by_recvfrom(int i)
{
    char c = 0;
    struct sockaddr_storage from;
    socklen_t len = sizeof from;
    return recvfrom(a[i], &c, 1, 0, (struct sockaddr *)&from, &len) == 1 ? c : -1;
}

static long by_recvmsg(int i)
{
    char c = 0;
    struct iovec v = { &c, 1 };
    struct msghdr m = { .msg_iov = &v, .msg_iovlen = 1 };
    return recvmsg(a[i], &m, 0) == 1 ? c : -1;
}

static long by_recvmmsg(int i)
{
    char c = 0;
    struct iovec v = { &c, 1 };
    struct mmsghdr m = { .msg_hdr = { .msg_iov = &v, .msg_iovlen = 1 } };
    return recvmmsg(a[i], &m, 1, 0, NULL) == 1 && m.msg_len == 1 ? c : -1;
}

static long by_poll(int i)
{
    struct pollfd p = { a[i], POLLIN, 0 };
    return poll(&p, 1, -1) == 1 ? p.revents : -1;
}

static long by_ppoll(int i)
{
    struct pollfd p[2] = { { a[i], POLLIN, 0 }, { -1, POLLIN, 0 } };
    struct timespec t = { 1000, 0 };
    return ppoll(p, 2, &t, NULL) == 1 ? p[0].revents : -1;
}

static long by_select(int i)
{
    fd_set r;
    FD_ZERO(&r);
    FD_SET(a[i], &r);
    struct timeval t = { 1000, 0 };
    return select(a[i] + 1, &r, NULL, NULL, &t) == 1 && FD_ISSET(a[i], &r) && t.tv_sec < 1000;
}

static long by_pselect(int i)
{
    fd_set r;
    FD_ZERO(&r);
    FD_SET(a[i], &r);
    return pselect(a[i] + 1, &r, NULL, NULL, NULL, NULL) == 1 && FD_ISSET(a[i], &r);
}

static long by_epoll_wait(int i)
{
    int ep = epoll_create1(0);
    struct epoll_event e = { .events = EPOLLIN, .data.u32 = 7 };
    CHECK(ep >= 0);
    CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, a[i], &e), 0);
    e.data.u32 = 0;
    int r = epoll_wait(ep, &e, 1, -1);
    close(ep);
    return r == 1 ? (long)e.data.u32 : -1;
}

/* --- Descriptors with no room ------------------------------------------------------ */

enum { MUCH = 1 << 20 };
static char much[MUCH], got[MUCH];

/* Until MUCH bytes have come out at the other end: the call was one. */
static void take_all(int i)
{
    size_t have = 0;
    while (have < MUCH) {
        ssize_t r = read(b[i], got + have, MUCH - have);
        CHECK(r > 0);
        have += (size_t)r;
    }
    CHECK(memcmp(got, much, MUCH) == 0);
}

static void pipes_reversed(int i)
{
    int fds[2];
    CHECK_EQ(pipe(fds), 0);
    a[i] = fds[1];
    b[i] = fds[0];
}

static long by_write(int i)
{
    return write(a[i], much, MUCH);
}

static long by_writev(int i)
{
    struct iovec v[3] = { { much, 1 }, { much + 1, MUCH / 2 }, { much + 1 + MUCH / 2, 0 } };
    v[2].iov_len = MUCH - 1 - MUCH / 2;
    return writev(a[i], v, 3);
}

static long by_send(int i)
{
    return send(a[i], much, MUCH, 0);
}

static long by_sendto(int i)
{
    return sendto(a[i], much, MUCH, 0, NULL, 0);
}

static long by_sendmsg(int i)
{
    struct iovec v = { much, MUCH };
    struct msghdr m = { .msg_iov = &v, .msg_iovlen = 1 };
    return sendmsg(a[i], &m, 0);
}

static long by_sendmmsg(int i)
{
    struct iovec v = { much, MUCH / 2 }, w = { much + MUCH / 2, MUCH / 2 };
    struct mmsghdr m[2] = { { .msg_hdr = { .msg_iov = &v, .msg_iovlen = 1 } },
                            { .msg_hdr = { .msg_iov = &w, .msg_iovlen = 1 } } };
    int r = sendmmsg(a[i], m, 2, 0);
    return r == 2 ? (long)(m[0].msg_len + m[1].msg_len) : -1;
}

/* --- Connections -------------------------------------------------------------------- */

static struct sockaddr_in ats[MOST];

static void listener(int i)
{
    a[i] = listen_tcp(8, &ats[i]);
    b[i] = -1;
}

static long by_accept(int i)
{
    int fd = i % 2 ? accept(a[i], NULL, NULL) : accept4(a[i], NULL, NULL, SOCK_CLOEXEC);
    CHECK(fd >= 0);
    close(fd);
    return 0;
}

static void come(int i)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(fd >= 0);
    CHECK_EQ(connect(fd, (struct sockaddr *)&ats[i], sizeof ats[i]), 0);
    close(fd);
}

static void close_one(int i)
{
    close(a[i]);
}

/* One Unix socket with a backlog of one connection, which nobody accepts at first. */
static struct sockaddr_un un = { .sun_family = AF_UNIX };
static int unix_listener;

static void unix_socket(int i)
{
    if (i == 0) {
        snprintf(un.sun_path + 1, sizeof un.sun_path - 1, "go_posix.%d", (int)getpid());
        unix_listener = socket(AF_UNIX, SOCK_STREAM, 0);
        CHECK_EQ(bind(unix_listener, (struct sockaddr *)&un, sizeof un), 0);
        CHECK_EQ(listen(unix_listener, 0), 0);
    }
    a[i] = socket(AF_UNIX, SOCK_STREAM, 0);
    CHECK(a[i] >= 0);
}

static long by_connect(int i)
{
    return connect(a[i], (struct sockaddr *)&un, sizeof un);
}

static void take_connection(int i)
{
    b[i] = accept(unix_listener, NULL, NULL);
    CHECK(b[i] >= 0);
}

static void close_connection(int i)
{
    close_both(i);
    if (i == 0)
        close(unix_listener);
}

/* --- Time, children, files ---------------------------------------------------------- */

static void nothing(int i)
{
    (void)i;
}

static long by_sleep(int i)
{
    struct timespec t = { 0, 200000000 }, now;
    switch (i % 5) {
    case 0:
        return (long)sleep(1);
    case 1:
        return usleep(200000);
    case 2:
        return nanosleep(&t, NULL);
    case 3:
        return clock_nanosleep(CLOCK_REALTIME, 0, &t, NULL);
    default:
        clock_gettime(CLOCK_MONOTONIC, &now);
        now.tv_sec++;
        return clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &now, NULL);
    }
}

static void fork_child(int i)
{
    pipes(i);
    child[i] = fork();
    CHECK(child[i] >= 0);
    if (child[i] == 0) {
        char c;
        for (int k = 0; k <= i; k++)
            close(b[k]); /* so that the end of the test is the end of the child */
        _exit(read(a[i], &c, 1) == 1 ? c : 1);
    }
}

static long by_waitpid(int i)
{
    int status = 0;
    siginfo_t info = { .si_pid = 0 };
    switch (i % 3) {
    case 0:
        CHECK_EQ(waitpid(child[i], &status, 0), child[i]);
        break;
    case 1:
        CHECK_EQ(wait4(child[i], &status, 0, NULL), child[i]);
        break;
    default:
        CHECK_EQ(waitid(P_PID, (id_t)child[i], &info, WEXITED), 0);
        CHECK_EQ(info.si_pid, child[i]);
        return info.si_status;
    }
    return WEXITSTATUS(status);
}

static int holder;

static void locked_file(int i)
{
    if (i == 0) {
        holder = open(path, O_RDWR | O_CLOEXEC);
        CHECK(holder >= 0);
        CHECK_EQ(flock(holder, LOCK_EX), 0);
    }
    a[i] = open(path, O_RDWR | O_CLOEXEC);
    CHECK(a[i] >= 0);
}

static long by_flock(int i)
{
    int r = flock(a[i], LOCK_EX);
    CHECK_EQ(flock(a[i], LOCK_UN), 0);
    return r;
}

static void unlock_file(int i)
{
    if (i == 0)
        close(holder);
}

static long by_ofd_lock(int i)
{
    struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    int r = fcntl(a[i], F_OFD_SETLKW, &l);
    l.l_type = F_UNLCK;
    CHECK_EQ(fcntl(a[i], F_OFD_SETLK, &l), 0);
    return r;
}

static void ofd_locked_file(int i)
{
    struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    locked_file(i);
    if (i == 0)
        CHECK_EQ(fcntl(holder, F_OFD_SETLK, &l), 0);
}

/* --- All of them ----------------------------------------------------------------------- */

static const struct kind kinds[] = {
    { "read, socket", pair, by_read, give, close_both, 'x' },
    { "read, pipe", pipes, by_read, give, close_both, 'x' },
    { "readv, socket", pair, by_readv, give, close_both, 'x' },
    { "readv, pipe", pipes, by_readv, give, close_both, 'x' },
    { "recv", pair, by_recv, give, close_both, 'x' },
    { "recvfrom", pair, by_recvfrom, give, close_both, 'x' },
    { "recvmsg", pair, by_recvmsg, give, close_both, 'x' },
    { "recvmmsg", pair, by_recvmmsg, give, close_both, 'x' },
    { "poll", pair, by_poll, give, close_both, POLLIN },
    { "ppoll", pipes, by_ppoll, give, close_both, POLLIN },
    { "select", pipes, by_select, give, close_both, 1 },
    { "pselect", pair, by_pselect, give, close_both, 1 },
    { "epoll_wait", pair, by_epoll_wait, give, close_both, 7 },
    { "write, socket", pair, by_write, take_all, close_both, MUCH },
    { "write, pipe", pipes_reversed, by_write, take_all, close_both, MUCH },
    { "writev, socket", pair, by_writev, take_all, close_both, MUCH },
    { "writev, pipe", pipes_reversed, by_writev, take_all, close_both, MUCH },
    { "send", pair, by_send, take_all, close_both, MUCH },
    { "sendto", pair, by_sendto, take_all, close_both, MUCH },
    { "sendmsg", pair, by_sendmsg, take_all, close_both, MUCH },
    { "sendmmsg", pair, by_sendmmsg, take_all, close_both, MUCH },
    { "accept", listener, by_accept, come, close_one, 0 },
    { "connect", unix_socket, by_connect, take_connection, close_connection, 0 },
    { "sleep", nothing, by_sleep, nothing, nothing, 0 },
    { "waitpid", fork_child, by_waitpid, give, close_both, 'x' },
    { "flock", locked_file, by_flock, unlock_file, close_one, 0 },
    { "fcntl", ofd_locked_file, by_ofd_lock, unlock_file, close_one, 0 },
};

static atomic_int arrived;

static void wait_in(const struct kind *k, int i, go_waitgroup *wg)
{
    atomic_fetch_add(&arrived, 1);
    long r = k->call(i);
    if (r != k->expect) {
        fprintf(stderr, "%s: %ld instead of %ld: %s\n", k->name, r, k->expect, strerror(errno));
        _Exit(1);
    }
    go_waitgroup_done(wg);
}

static void run(const struct kind *k)
{
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, n);
    for (int i = 0; i < n; i++)
        k->begin(i);
    atomic_store(&arrived, 0);
    for (int i = 0; i < n; i++)
        go(wait_in, k, i, &wg);
    while (atomic_load(&arrived) < n)
        go_sleep(GO_MILLISECOND);
    /* On a machine that has other work, threads that are kept from a CPU are replaced. */
    int now = threads();
    if (now > n / 2 + 8) {
        fprintf(stderr, "%s: %d threads for %d goroutines\n", k->name, now, n);
        _Exit(1);
    }
    for (int i = 0; i < n; i++)
        k->release(i);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < n; i++)
        k->end(i);
}

int main(void)
{
    CHECK_IN_FORCE();
    raise_fd_limit();
    n = test_scale(MOST, 40);
    for (int i = 0; i < MUCH; i++)
        much[i] = (char)(i * 7 + i / 251);
    int fd = mkstemp(path);
    CHECK(fd >= 0);
    close(fd);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        run(&kinds[i]);
    unlink(path);
    return 0;
}
