/* SPDX-License-Identifier: MIT */
/* A slow wire that loses packets carries every byte, in order; and when it is cut, calls end
 * at their deadlines, a peer that is gone is noticed where the kernel is asked to
 * (TCP_USER_TIMEOUT), dialling times out, and nobody is left behind. */
#include "wire.h"

#include <goroutine.h>
#include <goroutine/net.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/wait.h>

#define ADDRESS WIRE_NEAR ":7700"
#define LAST    WIRE_NEAR ":7702"

enum { CONNECTIONS = 10, BYTES = 20000, SKIPPED = 77 };

static go_waitgroup done;

static unsigned char byte_at(unsigned seed, int i)
{
    return (unsigned char)((seed * 2654435761u + (unsigned)i * 40503u) >> 8);
}

/* --- The near end: a server that sends back what it gets ------------------------------ */

static void echo(int fd)
{
    char buf[4096];
    ssize_t n;
    while ((n = go_read(fd, buf, sizeof buf)) > 0)
        CHECK_EQ(go_write(fd, buf, (size_t)n), n);
    CHECK_EQ(n, 0);
    CHECK_EQ(go_close_fd(fd), 0);
    go_waitgroup_done(&done);
}

static void accept_all(int l)
{
    for (int fd; (fd = go_accept(l, NULL, NULL)) >= 0;) {
        go_waitgroup_add(&done, 1);
        go(echo, fd);
    }
    CHECK_EQ(errno, ETIMEDOUT);
    CHECK_EQ(go_close_fd(l), 0);
    go_waitgroup_done(&done);
}

/* After the cut: the far end neither acknowledges nor says goodbye. */
static void talk_to_nobody(int fd)
{
    CHECK_EQ(go_set_read_deadline(fd, go_now() + 100 * GO_MILLISECOND), 0);
    char byte;
    CHECK_EQ(go_read(fd, &byte, 1), -1);
    CHECK_EQ(errno, ETIMEDOUT);
    CHECK_EQ(go_set_read_deadline(fd, GO_FOREVER), 0);
    int ms = 300;
    CHECK_EQ(setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &ms, sizeof ms), 0);
    CHECK_EQ(go_write(fd, "?", 1), 1);
    CHECK_EQ(go_read(fd, &byte, 1), -1); /* woken by the kernel's error, with no deadline */
    CHECK_EQ(errno, ETIMEDOUT);
    CHECK_EQ(go_close_fd(fd), 0);
    CHECK_EQ(go_dial("tcp", WIRE_FAR ":7701", go_now() + 100 * GO_MILLISECOND), -ETIMEDOUT);
}

/* --- The far end ------------------------------------------------------------------------ */

static void write_all(int fd, unsigned seed)
{
    char buf[1000];
    for (int sent = 0; sent < BYTES; sent += (int)sizeof buf) {
        for (int i = 0; i < (int)sizeof buf; i++)
            buf[i] = (char)byte_at(seed, sent + i);
        CHECK_EQ(go_write(fd, buf, sizeof buf), (ssize_t)sizeof buf);
    }
    CHECK_EQ(shutdown(fd, SHUT_WR), 0);
    go_waitgroup_done(&done);
}

static void check_echo(unsigned seed)
{
    unsigned char buf[3000];
    int got = 0;
    ssize_t n;
    int fd = go_dial("tcp", ADDRESS, go_now() + GO_MINUTE);
    CHECK(fd >= 0);
    go_waitgroup_add(&done, 1);
    go(write_all, fd, seed);
    while ((n = go_read(fd, buf, sizeof buf)) > 0)
        for (ssize_t i = 0; i < n; i++)
            CHECK_EQ(buf[i], byte_at(seed, got++));
    CHECK_EQ(n, 0);
    CHECK_EQ(got, BYTES);
    CHECK_EQ(go_close_fd(fd), 0);
    go_waitgroup_done(&done);
}

/* Tells by out that its last connection is made, and stays until in is closed. */
static void far_end(int out, int in)
{
    char byte;
    go_waitgroup_add(&done, CONNECTIONS);
    for (unsigned i = 0; i < CONNECTIONS; i++)
        go(check_echo, i);
    go_waitgroup_wait(&done);
    int fd = go_dial("tcp", LAST, go_now() + GO_MINUTE);
    CHECK(fd >= 0);
    CHECK_EQ(go_write(out, "!", 1), 1);
    CHECK_EQ(go_read(in, &byte, 1), 0);
    go_verify();
}

int main(void)
{
    struct wire w;
    int out[2], in[2], status;
    char byte;
    signal(SIGPIPE, SIG_IGN);
    if (!wire_make(&w, 2000000, 50))
        return SKIPPED;
    CHECK(pipe2(out, O_CLOEXEC) == 0 && pipe2(in, O_CLOEXEC) == 0);
    pid_t far = fork(); /* the runtime is not there yet */
    CHECK(far >= 0);
    CHECK_EQ(setns(far == 0 ? w.far_ns : w.near_ns, CLONE_NEWNET), 0);
    if (far == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(in[1]);
        close(out[0]);
        far_end(out[1], in[0]);
        _exit(0);
    }
    close(in[0]);
    close(out[1]);

    int l = go_listen("tcp", ADDRESS), last = go_listen("tcp", LAST);
    CHECK(l >= 0 && last >= 0);
    go_waitgroup_add(&done, 1);
    go(accept_all, l);
    CHECK_EQ(go_read(out[0], &byte, 1), 1); /* all echoes are there, the last is dialled */
    CHECK_EQ(go_set_deadline(l, 0), 0);
    go_waitgroup_wait(&done);
    int fd = go_accept(last, NULL, NULL);
    CHECK(fd >= 0);
    CHECK_EQ(kill(w.carrier, SIGUSR1), 0);
    talk_to_nobody(fd);
    CHECK_EQ(go_close_fd(last), 0);
    close(in[1]);
    CHECK_EQ(waitpid(far, &status, 0), far);
    CHECK_EQ(status, 0);
    CHECK_EQ(go_count(), 1);
    go_verify();
    kill(w.carrier, SIGKILL);
}
