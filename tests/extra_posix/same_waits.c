/* SPDX-License-Identifier: MIT */
/* poll, select, epoll_wait, sleeping, children, locks, names: what is returned is what libc
 * returns. */
#include "same.h"

#include <limits.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <time.h>

enum { MS = 8 };

static void pair(int fds[2])
{
    CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
}

static void write_later(int fd)
{
    usleep(3000);
    CHECK_EQ(write(fd, "x", 1), 1);
}

static void close_later(int fd)
{
    usleep(3000);
    close(fd);
}

/* --- poll ------------------------------------------------------------------------- */

static void polling(struct notes *notes)
{
    int fds[2];
    struct peer p;
    char c;
    pair(fds);
    struct pollfd v[3] = { { fds[0], POLLIN, 0 }, { -7, POLLIN, 9 }, { fds[1], POLLIN, 0 } };
    int64_t start = go_now();
    NOTE(poll(v, 3, MS));
    NOTE_AS("not early", go_now() - start >= MS * GO_MILLISECOND);
    NOTE(v[1].revents);
    NOTE(poll(v, 3, 0));
    NOTE(poll(NULL, 0, MS));
    v[0].events = POLLIN | POLLOUT | POLLPRI;
    NOTE(poll(v, 1, -1));
    NOTE(v[0].revents);
    v[0].events = POLLIN;
    peer_start(&p, fds[1], write_later);
    NOTE(poll(v, 3, -1));
    NOTE(v[0].revents);
    NOTE(v[2].revents);
    peer_end(&p);
    CHECK_EQ(read(fds[0], &c, 1), 1);
    peer_start(&p, fds[1], close_later);
    v[0].events = 0; /* that the other end is gone is told unasked */
    NOTE(poll(v, 1, 10000));
    NOTE(v[0].revents);
    peer_end(&p);
    v[2].fd = fds[1]; /* not open */
    NOTE(poll(v, 3, -1));
    NOTE(v[2].revents);
    struct timespec bad = { 0, 1000000000 }, none = { 0, 0 };
    sigset_t mask;
    sigemptyset(&mask);
    NOTE(ppoll(v, 0, &bad, NULL));
    NOTE(ppoll(v, 0, &none, NULL));
    NOTE(ppoll(v, 1, NULL, &mask));
    struct timespec some = { 0, MS * 1000000 };
    NOTE(ppoll(v, 0, &some, &mask));
    NOTE(ppoll(v, 0, &some, NULL));
    close(fds[0]);
}

/* --- select ------------------------------------------------------------------------ */

static long in(const fd_set *s, int a, int b)
{
    return (FD_ISSET(a, s) ? 1 : 0) | (FD_ISSET(b, s) ? 2 : 0);
}

static void ask(fd_set *r, fd_set *w, fd_set *e, const int fds[2])
{
    FD_ZERO(r);
    FD_ZERO(w);
    FD_ZERO(e);
    FD_SET(fds[0], r);
    FD_SET(fds[1], r);
    FD_SET(fds[0], e);
}

/* More than there can be descriptors, with a set that ends where memory does. */
static void selecting_all(struct notes *notes)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *at = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct timeval t = { 0, 20000 };
    struct timespec ts = { 0, 20000000 };
    int fds[2];
    NOTE(at == MAP_FAILED);
    NOTE(mprotect(at + page, page, PROT_NONE));
    NOTE(pipe(fds));
    fd_set *set = (fd_set *)(void *)(at + page - sizeof(fd_set));
    FD_ZERO(set);
    FD_SET(fds[0], set);
    NOTE(select(INT_MAX, set, NULL, NULL, &t));
    FD_SET(fds[0], set);
    NOTE(pselect(100000, set, NULL, NULL, &ts, NULL));
    FD_SET(fds[0], set);
    NOTE(write(fds[1], "x", 1));
    NOTE(select(100000, set, NULL, NULL, NULL));
    NOTE(FD_ISSET(fds[0], set) != 0);
    close(fds[0]);
    close(fds[1]);
    munmap(at, 2 * page);
}

static void selecting(struct notes *notes)
{
    int fds[2];
    struct peer p;
    fd_set r, w, e;
    pair(fds);
    int top = (fds[0] > fds[1] ? fds[0] : fds[1]) + 1;
    ask(&r, &w, &e, fds);
    struct timeval t = { 0, MS * 1000 };
    NOTE(select(top, &r, NULL, &e, &t));
    NOTE(in(&r, fds[0], fds[1]) | in(&e, fds[0], fds[1]));
    NOTE(t.tv_sec * 1000000 + t.tv_usec);
    ask(&r, &w, &e, fds);
    FD_SET(fds[1], &w);
    NOTE(select(top, &r, &w, &e, NULL));
    NOTE(in(&r, fds[0], fds[1]));
    NOTE(in(&w, fds[0], fds[1]));
    ask(&r, &w, &e, fds);
    t = (struct timeval){ 100, 0 };
    peer_start(&p, fds[1], write_later);
    NOTE(select(top, &r, NULL, &e, &t));
    NOTE(in(&r, fds[0], fds[1]));
    NOTE(t.tv_sec < 100 && t.tv_sec > 50);
    peer_end(&p);
    NOTE(select(-1, NULL, NULL, NULL, NULL));
    t = (struct timeval){ -1, 0 };
    NOTE(select(0, NULL, NULL, NULL, &t));
    t = (struct timeval){ 0, MS * 1000 };
    NOTE(select(0, NULL, NULL, NULL, &t));
    struct timespec s = { 0, MS * 1000000 }, bad = { 0, -1 };
    sigset_t mask;
    sigemptyset(&mask);
    NOTE(pselect(0, NULL, NULL, NULL, &s, NULL));
    NOTE(pselect(0, NULL, NULL, NULL, &s, &mask));
    NOTE(pselect(0, NULL, NULL, NULL, &bad, NULL));
    close(fds[1]);
    /* Hung up, and asked only for urgent data: that is nothing to select. */
    FD_ZERO(&e);
    FD_SET(fds[0], &e);
    t = (struct timeval){ 0, MS * 1000 };
    NOTE(select(top, NULL, NULL, &e, &t));
    ask(&r, &w, &e, fds); /* fds[1] is not open */
    t = (struct timeval){ 0, MS * 1000 };
    NOTE(select(top, &r, NULL, &e, &t));
    close(fds[0]);
}

/* --- epoll ------------------------------------------------------------------------ */

static void epolling(struct notes *notes)
{
    int fds[2], ep = epoll_create1(0);
    struct peer p;
    char c;
    pair(fds);
    struct epoll_event e = { .events = EPOLLIN | EPOLLRDHUP, .data.u32 = 3 }, got[4];
    sigset_t mask;
    sigemptyset(&mask);
    NOTE(epoll_wait(ep, got, 4, MS));
    CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, fds[0], &e), 0);
    int64_t start = go_now();
    NOTE(epoll_wait(ep, got, 4, MS));
    NOTE_AS("not early", go_now() - start >= MS * GO_MILLISECOND);
    peer_start(&p, fds[1], write_later);
    NOTE(epoll_wait(ep, got, 4, -1));
    NOTE(got[0].events);
    NOTE(got[0].data.u32);
    peer_end(&p);
    NOTE(epoll_wait(ep, got, 4, -1)); /* still there */
    CHECK_EQ(read(fds[0], &c, 1), 1);
    NOTE(epoll_wait(ep, got, 4, MS));
    e.events = EPOLLIN | EPOLLET;
    CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_MOD, fds[0], &e), 0);
    peer_start(&p, fds[1], write_later);
    NOTE(epoll_pwait(ep, got, 4, -1, NULL));
    peer_end(&p);
    NOTE(epoll_wait(ep, got, 4, MS)); /* no new edge */
    peer_start(&p, fds[1], close_later);
    NOTE(epoll_pwait(ep, got, 4, -1, &mask));
    NOTE(got[0].events);
    peer_end(&p);
    struct timespec t = { 0, MS * 1000000 }, bad = { 0, -1 };
    NOTE(epoll_pwait2(ep, got, 4, &t, NULL));
    NOTE(epoll_pwait2(ep, got, 4, &bad, NULL));
    NOTE(epoll_wait(ep, got, 0, -1));
    NOTE(epoll_wait(fds[0], got, 4, -1));
    close(ep);
    NOTE(epoll_wait(ep, got, 4, -1));
    close(fds[0]);
}

/* --- Sleeping ----------------------------------------------------------------------- */

static void sleeping(struct notes *notes)
{
    struct timespec t = { 0, MS * 1000000 }, bad = { 0, 1000000000 }, now;
    int64_t start = go_now();
    NOTE(usleep(MS * 1000));
    NOTE_AS("not early", go_now() - start >= MS * GO_MILLISECOND);
    NOTE(usleep(0));
    NOTE(sleep(0));
    start = go_now();
    NOTE(nanosleep(&t, NULL));
    NOTE_AS("not early", go_now() - start >= MS * GO_MILLISECOND);
    NOTE(nanosleep(&bad, NULL));
    NOTE(clock_nanosleep(CLOCK_MONOTONIC, 0, &t, NULL));
    NOTE(clock_nanosleep(CLOCK_REALTIME, 0, &t, NULL));
    NOTE(clock_nanosleep(CLOCK_BOOTTIME, 0, &t, NULL));
    NOTE(clock_nanosleep(CLOCK_THREAD_CPUTIME_ID, 0, &t, NULL));
    NOTE(clock_nanosleep(12345, 0, &t, NULL));
    NOTE(clock_nanosleep(CLOCK_MONOTONIC, 0, &bad, NULL));
    CHECK_EQ(clock_gettime(CLOCK_REALTIME, &now), 0);
    NOTE(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &now, NULL));
    CHECK_EQ(clock_gettime(CLOCK_MONOTONIC, &now), 0);
    now.tv_sec++;
    start = go_now();
    now.tv_sec--;
    now.tv_nsec += MS * 1000000;
    if (now.tv_nsec >= 1000000000) {
        now.tv_sec++;
        now.tv_nsec -= 1000000000;
    }
    NOTE(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &now, NULL));
    NOTE(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &now, NULL)); /* it has passed */
}

/* --- Children ---------------------------------------------------------------------- */

static pid_t child(int status, int pause)
{
    pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        struct timespec t = { 0, pause };
        nanosleep(&t, NULL); /* in the child it is libc's */
        if (status < 0)
            kill(getpid(), -status);
        _exit(status);
    }
    return pid;
}

static void children(struct notes *notes)
{
    int status = -1;
    struct rusage usage;
    siginfo_t info;
    pid_t pid = child(7, 5000000);
    NOTE(waitpid(pid, &status, WNOHANG));
    NOTE(waitpid(pid, &status, 0) == pid);
    NOTE(status);
    NOTE(waitpid(pid, &status, 0));
    pid = child(-SIGKILL, 1000000);
    NOTE(wait4(pid, &status, 0, &usage) == pid);
    NOTE(status);
    pid = child(3, 2000000);
    NOTE(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT));
    NOTE(info.si_status);
    NOTE(info.si_pid == pid);
    NOTE(waitid(P_PID, (id_t)pid, NULL, WEXITED));
    NOTE(waitid(P_PID, (id_t)pid, &info, WEXITED));
    pid = child(4, 2000000);
    NOTE(waitpid(-1, &status, 0) == pid);
    NOTE(status);
    pid = child(5, 2000000);
    NOTE(waitpid(0, &status, 0) == pid);
    pid = child(6, 2000000);
    NOTE(wait(&status) == pid);
    NOTE(status);
    pid = child(0, 1000000);
    NOTE(wait3(&status, 0, NULL) == pid);
    NOTE(wait(NULL));
    NOTE(waitpid(1, NULL, 0));
    NOTE(waitpid(1, NULL, 1 << 20));
    pid = child(-SIGSTOP, 1000000);
    NOTE(waitpid(pid, &status, WUNTRACED) == pid);
    NOTE(status);
    CHECK_EQ(kill(pid, SIGKILL), 0);
    NOTE(waitpid(pid, &status, 0) == pid);
    NOTE(WTERMSIG(status));
}

/* --- Locks of files ---------------------------------------------------------------- */

static void unlock_later(int fd)
{
    usleep(3000);
    CHECK_EQ(flock(fd, LOCK_UN), 0);
}

static void file_locks(struct notes *notes)
{
    char path[] = "/tmp/go_posix_XXXXXX";
    int a = mkstemp(path), b = open(path, O_RDWR);
    struct peer p;
    CHECK(a >= 0 && b >= 0);
    unlink(path);
    NOTE(flock(a, LOCK_EX));
    NOTE(flock(b, LOCK_SH | LOCK_NB));
    peer_start(&p, a, unlock_later);
    NOTE(flock(b, LOCK_SH));
    peer_end(&p);
    NOTE(flock(a, LOCK_SH));
    NOTE(flock(-1, LOCK_SH));
    NOTE(flock(a, 0));
    struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 10 };
    NOTE(fcntl(a, F_SETLKW, &l)); /* of the process: no conflict */
    NOTE(fcntl(b, F_SETLKW, &l));
    NOTE(fcntl(a, F_OFD_SETLK, &l)); /* EINVAL: l_pid is set by nobody */
    l.l_whence = 99;
    NOTE(fcntl(a, F_SETLKW, &l));
    NOTE(lockf(a, F_LOCK, 5));
    NOTE(lockf(b, F_TEST, 5));
    NOTE(lockf(b, F_ULOCK, 5));
    NOTE(lockf(b, 77, 5));
    NOTE(lockf64(-1, F_LOCK, 5));
    NOTE(fcntl(a, F_SETFD, FD_CLOEXEC));
    NOTE(fcntl(a, F_GETFD));
    int c = fcntl(a, F_DUPFD_CLOEXEC, 100);
    NOTE(c >= 100);
    close(c);
    NOTE(fcntl(c, F_GETFL));
    NOTE(fcntl(a, 12345, 1));
    close(a);
    close(b);
}

/* --- Names --------------------------------------------------------------------------- */

static void names(struct notes *notes)
{
    struct addrinfo hints = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM }, *a = NULL;
    char host[256] = "", service[32] = "";
    NOTE(getaddrinfo("127.0.0.1", "80", &hints, &a));
    NOTE(((struct sockaddr_in *)(void *)a->ai_addr)->sin_addr.s_addr);
    NOTE(getnameinfo(a->ai_addr, a->ai_addrlen, host, sizeof host, service, sizeof service,
                     NI_NUMERICHOST | NI_NUMERICSERV));
    NOTE(strcmp(host, "127.0.0.1") | strcmp(service, "80"));
    NOTE(getnameinfo(a->ai_addr, a->ai_addrlen, host, sizeof host, NULL, 0, 0));
    NOTE(strlen(host));
    NOTE(getnameinfo(a->ai_addr, 3, host, sizeof host, NULL, 0, 0));
    freeaddrinfo(a);
    NOTE(getaddrinfo("localhost", NULL, &hints, &a));
    NOTE(((struct sockaddr_in *)(void *)a->ai_addr)->sin_addr.s_addr);
    freeaddrinfo(a);
    NOTE(getaddrinfo(NULL, NULL, &hints, &a));
    hints.ai_flags = AI_NUMERICHOST;
    NOTE(getaddrinfo("localhost", NULL, &hints, &a));
    hints.ai_flags = 0x40000000;
    NOTE(getaddrinfo("localhost", NULL, &hints, &a));
    struct hostent *h = gethostbyname("localhost"), room, *found = NULL;
    char buffer[1024];
    int herr = 0;
    NOTE(h && h->h_addrtype == AF_INET);
    h = gethostbyname2("127.0.0.1", AF_INET);
    NOTE(h && h->h_length == 4);
    NOTE(gethostbyname_r("localhost", &room, buffer, sizeof buffer, &found, &herr));
    NOTE(found == &room);
    NOTE(gethostbyname_r("localhost", &room, buffer, 1, &found, &herr));
    NOTE(gethostbyname2_r("localhost", AF_INET, &room, buffer, sizeof buffer, &found, &herr));
    struct in_addr loop = { htonl(INADDR_LOOPBACK) };
    h = gethostbyaddr(&loop, sizeof loop, AF_INET);
    NOTE(h != NULL);
    NOTE(gethostbyaddr_r(&loop, sizeof loop, AF_INET, &room, buffer, sizeof buffer, &found, &herr));
}

static const struct scene scenes[] = {
    { "poll", polling },
    { "select", selecting },
    { "epoll_wait", epolling },
    { "select, all", selecting_all },
    { "sleeping", sleeping },
    { "children", children },
    { "locks of files", file_locks },
    { "names", names },
};

int main(void)
{
    return same_play_all(scenes, sizeof scenes / sizeof scenes[0]);
}
