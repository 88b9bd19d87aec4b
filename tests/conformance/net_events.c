/* SPDX-License-Identifier: MIT */
/* What is neither socket nor pipe: eventfd, timerfd, signalfd, inotify, epoll; in blocking
 * mode and not. */
#include "net_support.h"

#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>

static void add_one(int fd)
{
    go_yield();
    CHECK_EQ(go_write(fd, &(uint64_t){ 1 }, 8), 8);
}

static void event(int flags)
{
    uint64_t n;
    int e = eventfd(0, flags);
    CHECK(e >= 0);
    CHECK_FAILS(go_read_until(e, &n, sizeof n, go_now() + GO_MILLISECOND), ETIMEDOUT);
    for (int i = 0; i < 20; i++) {
        go_waitgroup wg = { 0 };
        go_waitgroup_go(&wg, add_one, e);
        CHECK_EQ(go_read(e, &n, sizeof n), sizeof n);
        CHECK_EQ(n, 1);
        go_waitgroup_wait(&wg);
    }
    n = UINT64_MAX - 1;
    CHECK_EQ(go_write(e, &n, sizeof n), sizeof n); /* full */
    CHECK_FAILS(go_read(e, &n, 4), EINVAL);
    CHECK_FAILS(go_write_until(e, &(uint64_t){ 1 }, 8, go_now() + GO_MILLISECOND), ETIMEDOUT);
    CHECK_EQ(go_close_fd(e), 0);
}

static void take_one(int fd, atomic_int *sum)
{
    uint64_t n;
    CHECK_EQ(go_read(fd, &n, sizeof n), sizeof n);
    CHECK_EQ(n, 1);
    atomic_fetch_add(sum, 1);
}

/* Those who find that another was faster go on waiting; they do not block a thread, of
 * which there would be none left to close the descriptor. */
static void shared(void)
{
    enum { N = 10 };
    atomic_int sum = 0;
    go_waitgroup wg = { 0 };
    int e = eventfd(0, EFD_SEMAPHORE);
    for (int i = 0; i < N; i++)
        go_waitgroup_go(&wg, take_one, e, &sum);
    for (int i = 0; i < N; i++)
        CHECK_EQ(go_write(e, &(uint64_t){ 1 }, 8), 8);
    go_waitgroup_wait(&wg);
    CHECK_EQ(atomic_load(&sum), N);
    CHECK_EQ(go_close_fd(e), 0);
}

static void timer(int flags)
{
    struct itimerspec often = { { 0, 1000000 }, { 0, 1000000 } };
    uint64_t n, sum = 0;
    int64_t begin = go_now();
    int t = timerfd_create(CLOCK_MONOTONIC, flags);
    CHECK(t >= 0);
    CHECK_EQ(timerfd_settime(t, 0, &often, NULL), 0);
    for (int i = 0; i < 3; i++, sum += n)
        CHECK_EQ(go_read(t, &n, sizeof n), sizeof n);
    CHECK(go_now() - begin >= (int64_t)sum * GO_MILLISECOND);
    CHECK_EQ(go_close_fd(t), 0);
}

static void raise_it(void)
{
    CHECK_EQ(kill(getpid(), SIGUSR2), 0);
}

/* Blocked everywhere, before there are threads. */
static void signals(int flags, const sigset_t *set)
{
    struct signalfd_siginfo info;
    int s = signalfd(-1, set, flags);
    CHECK(s >= 0);
    CHECK_FAILS(go_read_until(s, &info, sizeof info, go_now() + GO_MILLISECOND), ETIMEDOUT);
    go(raise_it);
    CHECK_EQ(go_read(s, &info, sizeof info), sizeof info);
    CHECK_EQ(info.ssi_signo, SIGUSR2);
    CHECK_EQ(go_close_fd(s), 0);
}

static void make_file(const char *dir)
{
    char path[64];
    snprintf(path, sizeof path, "%s/new", dir);
    int f = open(path, O_CREAT | O_WRONLY, 0600);
    CHECK(f >= 0);
    close(f);
    unlink(path);
}

static void files(int flags)
{
    char dir[] = "/tmp/goroutine-watch-XXXXXX", buf[4096];
    CHECK(mkdtemp(dir));
    int i = inotify_init1(flags);
    CHECK(i >= 0);
    CHECK(inotify_add_watch(i, dir, IN_CREATE) >= 0);
    go_handle *maker = go_start(make_file, dir);
    ssize_t r = go_read(i, buf, sizeof buf);
    CHECK(r > (ssize_t)sizeof(struct inotify_event));
    CHECK_EQ(strcmp(((struct inotify_event *)(void *)buf)->name, "new"), 0);
    CHECK_EQ(go_close_fd(i), 0);
    go_join(maker);
    CHECK_EQ(rmdir(dir), 0);
}

static void nested(void)
{
    int p[2], e = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event ev = { .events = EPOLLIN };
    CHECK_EQ(go_pipe(p), 0);
    CHECK_EQ(epoll_ctl(e, EPOLL_CTL_ADD, p[0], &ev), 0);
    CHECK_EQ(go_wait_readable_until(e, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    CHECK_EQ(go_write(p[1], "x", 1), 1);
    CHECK_EQ(go_wait_readable(e), 0);
    CHECK_FAILS(go_read(e, p, 1), EINVAL);
    CHECK_EQ(go_close_fd(e), 0);
}

static void always_ready(void)
{
    char buf[10] = "xxxxxxxxx";
    int null = open("/dev/null", O_RDWR), zero = open("/dev/zero", O_RDWR);
    CHECK_EQ(go_read(null, buf, 10), 0);
    CHECK_EQ(go_write(null, buf, 10), 10);
    CHECK_EQ(go_read(zero, buf, 10), 10);
    CHECK_EQ(buf[9], 0);
    CHECK_EQ(go_wait_readable(null), 0);
    CHECK_EQ(go_close_fd(null), 0);
    CHECK_EQ(go_close_fd(zero), 0);
}

static void regular(void)
{
    char path[] = "/tmp/goroutine-file-XXXXXX", buf[10] = { 0 };
    int f = mkstemp(path);
    CHECK(f >= 0);
    unlink(path);
    CHECK_EQ(go_write(f, "0123456789", 10), 10);
    CHECK_EQ(lseek(f, 5, SEEK_SET), 5);
    CHECK_EQ(go_read(f, buf, 10), 5);
    CHECK_EQ(go_read(f, buf, 10), 0);
    CHECK_EQ(strcmp(buf, "56789"), 0);
    CHECK_EQ(go_wait_readable(f), 0);
    CHECK_EQ(go_wait_writable(f), 0);
    struct iovec v[] = { { buf, 2 }, { buf + 2, 2 } };
    CHECK_EQ(go_writev(f, v, 2), 4);
    CHECK_EQ(lseek(f, 10, SEEK_SET), 10);
    CHECK_EQ(go_readv(f, v, 2), 4);
    CHECK_EQ(go_set_deadline(f, 0), 0);
    CHECK_FAILS(go_read(f, buf, 1), ETIMEDOUT);
    CHECK_EQ(go_close_fd(f), 0);
    f = open("/tmp", O_RDONLY);
    CHECK_FAILS(go_read(f, buf, 1), EISDIR);
    CHECK_EQ(go_close_fd(f), 0);
}

int main(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    CHECK_EQ(sigprocmask(SIG_BLOCK, &set, NULL), 0);
    event(0);
    event(EFD_NONBLOCK);
    shared();
    timer(0);
    timer(TFD_NONBLOCK);
    signals(0, &set);
    signals(SFD_NONBLOCK, &set);
    files(0);
    files(IN_NONBLOCK);
    nested();
    always_ready();
    regular();
}
