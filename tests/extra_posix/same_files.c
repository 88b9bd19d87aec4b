/* SPDX-License-Identifier: MIT */
/* Files, pipes, terminals, event descriptors, and whatever is not blocking: what is
 * returned is what libc returns. */
#include "same.h"

#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/timerfd.h>
#include <termios.h>

enum { MUCH = 1 << 20 };

static char much[MUCH];

/* --- Not blocking -------------------------------------------------------------------- */

/* Nothing to read, and no room to write: each call says so at once. */
static void try_all(struct notes *notes, int fd)
{
    char buf[8];
    struct iovec v = { much, MUCH };
    struct msghdr m = { .msg_iov = &v, .msg_iovlen = 1 };
    NOTE(read(fd, buf, 8));
    NOTE(readv(fd, &v, 1));
    NOTE(recv(fd, buf, 8, 0));
    NOTE(recv(fd, buf, 8, MSG_WAITALL));
    NOTE(recvfrom(fd, buf, 8, 0, NULL, NULL));
    NOTE(recvmsg(fd, &m, 0));
    NOTE(recvmsg(fd, &m, MSG_WAITALL));
    while (write(fd, much, MUCH) > 0)
        ;
    NOTE(write(fd, buf, 8));
    NOTE(writev(fd, &v, 1));
    NOTE(send(fd, buf, 8, 0));
    NOTE(sendto(fd, buf, 8, 0, NULL, 0));
    NOTE(sendmsg(fd, &m, 0));
}

static void not_blocking(struct notes *notes)
{
    int fds[2], on = 1;
    for (int how = 0; how < 4; how++) {
        int type = SOCK_STREAM | (how == 0 ? SOCK_NONBLOCK : 0);
        CHECK_EQ(socketpair(AF_UNIX, type, 0, fds), 0);
        int copy = dup(fds[0]);
        if (how == 1)
            CHECK_EQ(fcntl(fds[0], F_SETFL, O_NONBLOCK), 0);
        if (how == 2)
            CHECK_EQ(ioctl(fds[0], FIONBIO, &on), 0);
        if (how == 3) /* the mode is the open file's, not the number's */
            CHECK_EQ(fcntl(copy, F_SETFL, O_NONBLOCK), 0);
        try_all(notes, fds[0]);
        close(copy);
        close(fds[0]);
        close(fds[1]);
    }
}

static void once_each(struct notes *notes)
{
    int fds[2];
    char buf[8];
    struct sockaddr_in at;
    CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    NOTE(recv(fds[0], buf, 8, MSG_DONTWAIT));
    NOTE(recv(fds[0], buf, 8, MSG_DONTWAIT | MSG_WAITALL));
    long first = send(fds[0], much, MUCH, MSG_DONTWAIT);
    NOTE(first > 0 && first < MUCH);
    NOTE(send(fds[0], much, MUCH, MSG_DONTWAIT));
    close(fds[0]);
    close(fds[1]);
    int l = listen_tcp(1, &at);
    CHECK_EQ(fcntl(l, F_SETFL, O_NONBLOCK), 0);
    NOTE(accept(l, NULL, NULL));
    int s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    (void)!connect(s, (struct sockaddr *)&at, sizeof at);
    struct pollfd p = { l, POLLIN, 0 };
    CHECK_EQ(poll(&p, 1, -1), 1);
    int c = accept4(l, NULL, NULL, SOCK_NONBLOCK);
    NOTE(c >= 0);
    NOTE(read(c, buf, 8));
    NOTE(fcntl(c, F_GETFL) & O_NONBLOCK);
    CHECK_EQ(fcntl(s, F_SETFL, 0), 0);
    NOTE(recv(s, buf, 8, MSG_ERRQUEUE)); /* these never wait */
    NOTE(recv(s, buf, 8, MSG_OOB));
    close(c);
    close(s);
    close(l);
    CHECK_EQ(pipe2(fds, O_NONBLOCK), 0);
    NOTE(read(fds[0], buf, 8));
    first = write(fds[1], much, MUCH);
    NOTE(first);
    NOTE(write(fds[1], much, MUCH));
    NOTE(write(fds[1], much, 1));
    struct iovec v[2] = { { much, 10 }, { much, PIPE_BUF } };
    NOTE(writev(fds[1], v, 2));
    close(fds[0]);
    close(fds[1]);
}

/* --- Files ------------------------------------------------------------------------- */

static void files(struct notes *notes)
{
    char path[] = "/tmp/go_posix_XXXXXX", buf[16] = "";
    int fd = mkstemp(path);
    struct iovec v[3] = { { buf, 2 }, { NULL, 0 }, { buf + 2, 3 } };
    CHECK(fd >= 0);
    unlink(path);
    NOTE(write(fd, "hello there", 11));
    NOTE(lseek(fd, 0, SEEK_SET));
    NOTE(read(fd, buf, 5));
    NOTE(readv(fd, v, 3));
    NOTE(memcmp(buf, " ther", 5));
    NOTE(read(fd, buf, 5));
    NOTE(read(fd, buf, 5)); /* the end */
    NOTE(readv(fd, v, 3));
    NOTE(writev(fd, v, 3));
    NOTE(lseek(fd, 0, SEEK_CUR));
    NOTE(write(fd, much, MUCH));
    NOTE(lseek(fd, 0, SEEK_SET));
    NOTE(read(fd, much, MUCH)); /* whole */
    NOTE(recv(fd, buf, 1, 0));
    NOTE(send(fd, buf, 1, 0));
    NOTE(recvmsg(fd, &(struct msghdr){ .msg_iovlen = 0 }, 0));
    NOTE(accept(fd, NULL, NULL));
    NOTE(read(fd, NULL, 0));
    NOTE(write(fd, NULL, 0));
    NOTE(readv(fd, v, 0));
    volatile int few = -1, many = IOV_MAX + 1;
    NOTE(readv(fd, v, few));
    NOTE(writev(fd, v, many));
    close(fd);
    NOTE(read(fd, buf, 1));
    NOTE(read(fd, buf, 0));
    NOTE(write(fd, buf, 0));
    fd = open("/tmp", O_RDONLY);
    NOTE(read(fd, buf, 1));
    NOTE(write(fd, buf, 1));
    close(fd);
    fd = open("/dev/zero", O_RDWR);
    NOTE(read(fd, buf, 16));
    NOTE(write(fd, buf, 16));
    close(fd);
    fd = open("/dev/null", O_RDWR);
    NOTE(read(fd, buf, 16));
    NOTE(writev(fd, v, 3));
    close(fd);
    memset(much, 7, MUCH);
}

/* --- Pipes ------------------------------------------------------------------------- */

static volatile sig_atomic_t sigpipes;

static void count_sigpipe(int sig)
{
    (void)sig;
    sigpipes++;
}

static void write_and_close(int fd)
{
    usleep(2000);
    CHECK_EQ(write(fd, "abc", 3), 3);
    usleep(2000);
    close(fd);
}

static void read_and_close(int fd)
{
    char buf[5000];
    CHECK(read(fd, buf, sizeof buf) > 0);
    usleep(3000);
    close(fd);
}

static void pipes(struct notes *notes)
{
    int fds[2];
    char buf[16];
    struct peer p;
    struct iovec v[2] = { { buf, 2 }, { buf + 2, 14 } },
                 big[2] = { { much, 7 }, { much, MUCH - 7 } };
    signal(SIGPIPE, count_sigpipe);
    sigpipes = 0;
    CHECK_EQ(pipe(fds), 0);
    peer_start(&p, fds[1], write_and_close);
    NOTE(readv(fds[0], v, 2));
    NOTE(read(fds[0], buf, 16)); /* the end */
    NOTE(readv(fds[0], v, 2));
    peer_end(&p);
    NOTE(write(fds[0], buf, 1)); /* the wrong end */
    close(fds[0]);
    for (int vector = 0; vector < 2; vector++) {
        CHECK_EQ(pipe(fds), 0);
        peer_start(&p, fds[0], read_and_close);
        long r = vector ? writev(fds[1], big, 2) : write(fds[1], much, MUCH);
        NOTE(r > 0 && r < MUCH);
        peer_end(&p);
        NOTE(sigpipes);
        NOTE(vector ? writev(fds[1], v, 2) : write(fds[1], much, 1));
        NOTE(sigpipes);
        NOTE(read(fds[1], buf, 1));
        close(fds[1]);
    }
    signal(SIGPIPE, SIG_DFL);
}

/* --- Others ------------------------------------------------------------------------ */

static void add_later(int fd)
{
    uint64_t two = 2;
    usleep(2000);
    CHECK_EQ(write(fd, &two, sizeof two), (ssize_t)sizeof two);
}

static void take_later(int fd)
{
    uint64_t n;
    usleep(2000);
    CHECK_EQ(read(fd, &n, sizeof n), (ssize_t)sizeof n);
}

static void events(struct notes *notes)
{
    struct peer p;
    uint64_t n = 0;
    int fd = eventfd(0, 0);
    peer_start(&p, fd, add_later);
    NOTE(read(fd, &n, sizeof n));
    NOTE(n);
    peer_end(&p);
    NOTE(read(fd, &n, 7));
    n = UINT64_MAX - 1;
    NOTE(write(fd, &n, sizeof n));
    n = 1;
    peer_start(&p, fd, take_later); /* until then there is no room for one more */
    NOTE(write(fd, &n, sizeof n));
    peer_end(&p);
    close(fd);
    fd = timerfd_create(CLOCK_MONOTONIC, 0);
    struct itimerspec t = { { 0, 0 }, { 0, 3000000 } };
    CHECK_EQ(timerfd_settime(fd, 0, &t, NULL), 0);
    NOTE(read(fd, &n, sizeof n));
    NOTE(n);
    NOTE(write(fd, &n, sizeof n));
    close(fd);
}

static void type_later(int fd)
{
    usleep(2000);
    CHECK_EQ(write(fd, "ls", 2), 2);
    usleep(2000);
    CHECK_EQ(write(fd, "\nmore", 5), 5);
}

static void terminals(struct notes *notes)
{
    struct peer p;
    char buf[16];
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    CHECK(master >= 0);
    CHECK_EQ(grantpt(master), 0);
    CHECK_EQ(unlockpt(master), 0);
    int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    CHECK(slave >= 0);
    struct termios mode; /* no echo, which the master would read at some time or other */
    CHECK_EQ(tcgetattr(slave, &mode), 0);
    mode.c_lflag &= ~(tcflag_t)ECHO;
    CHECK_EQ(tcsetattr(slave, TCSANOW, &mode), 0);
    peer_start(&p, master, type_later);
    NOTE(read(slave, buf, 16)); /* a line */
    NOTE(memcmp(buf, "ls\n", 3));
    peer_end(&p);
    NOTE(write(slave, "out\n", 4));
    int have = 0;
    while (have < 5) { /* with a carriage return */
        ssize_t n = read(master, buf, 16);
        CHECK(n > 0);
        have += (int)n;
    }
    NOTE(have);
    CHECK_EQ(fcntl(slave, F_SETFL, O_NONBLOCK), 0);
    NOTE(read(slave, buf, 16)); /* no line yet */
    close(slave);
    close(master);
}

static const struct scene scenes[] = {
    { "not blocking", not_blocking },
    { "not blocking, once each", once_each },
    { "files", files },
    { "pipes", pipes },
    { "events", events },
    { "terminals", terminals },
};

int main(void)
{
    return same_play_all(scenes, sizeof scenes / sizeof scenes[0]);
}
