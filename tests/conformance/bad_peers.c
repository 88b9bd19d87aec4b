/* SPDX-License-Identifier: MIT */
/* Peers that reset, that do not read, and a queue of connections that is full: errors that
 * say what it was, within the deadline, no SIGPIPE, and nobody left behind. */
#include "net_support.h"

#include <errno.h>
#include <goroutine/net.h>
#include <signal.h>

enum { BLOCK = 1 << 16 };

static char block[BLOCK];
static go_waitgroup done;

/* Closing resets the connection, with whatever is under way. */
static void reset(int fd)
{
    struct linger now = { 1, 0 };
    CHECK_EQ(setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now), 0);
    CHECK_EQ(go_close_fd(fd), 0);
}

static void write_till_error(int fd, int *err)
{
    while (go_write(fd, block, sizeof block) == (ssize_t)sizeof block)
        ;
    /* What went in part is told first; the error by the next. */
    while (go_write(fd, block, 1) == 1)
        ;
    *err = errno;
    go_waitgroup_done(&done);
}

static void read_till_end(int fd, int *err)
{
    char buf[64];
    ssize_t n;
    while ((n = go_read(fd, buf, sizeof buf)) > 0)
        ;
    *err = n < 0 ? errno : 0;
    go_waitgroup_done(&done);
}

static void reset_of_a_reader(void)
{
    int got = -1;
    struct link l = link_tcp();
    go_waitgroup_add(&done, 1);
    go(read_till_end, l.a.r, &got);
    go_yield();
    reset(l.b.r);
    go_waitgroup_wait(&done);
    CHECK_EQ(got, ECONNRESET);
    CHECK_EQ(go_write(l.a.w, block, 1), -1);
    CHECK_EQ(errno, EPIPE);
    CHECK_EQ(go_close_fd(l.a.r), 0);
}

/* The kernel tells ECONNRESET once; a write that had sent some tells that instead. */
static void reset_of_a_writer(void)
{
    int wrote = -1;
    struct link l = link_tcp();
    go_waitgroup_add(&done, 1);
    go(write_till_error, l.a.w, &wrote); /* nobody reads: it parks */
    go_sleep(2 * GO_MILLISECOND);
    reset(l.b.r);
    go_waitgroup_wait(&done);
    CHECK(wrote == ECONNRESET || wrote == EPIPE);
    CHECK_EQ(go_close_fd(l.a.r), 0);
}

static void beat(int *beats, int *stop)
{
    while (!__atomic_load_n(stop, __ATOMIC_RELAXED)) {
        go_sleep(GO_MILLISECOND);
        ++*beats;
    }
    go_waitgroup_done(&done);
}

static void slow_reader(void)
{
    int beats = 0, stop = 0;
    struct link l = link_tcp();
    go_waitgroup_add(&done, 1);
    go(beat, &beats, &stop);
    CHECK_EQ(go_set_write_deadline(l.a.w, go_now() + 50 * GO_MILLISECOND), 0);
    ssize_t n, total = 0;
    while ((n = go_write(l.a.w, block, sizeof block)) > 0)
        total += n;
    CHECK_EQ(errno, ETIMEDOUT);
    while (beats == 0) /* others went on, or go on at once */
        go_sleep(GO_MILLISECOND);
    __atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
    go_waitgroup_wait(&done);

    /* Not a byte more or less than was told went over. */
    CHECK_EQ(go_close_fd(l.a.w), 0);
    while ((n = go_read(l.b.r, block, sizeof block)) > 0)
        total -= n;
    CHECK_EQ(total, 0);
    CHECK_EQ(go_close_fd(l.b.r), 0);
}

/* dial_one - the descriptor, or the error, to the channel. */
static void dial_one(const char *address, go_chan(int) to)
{
    int64_t deadline = go_now() + 200 * GO_MILLISECOND;
    go_send(to, go_dial("tcp", address, deadline));
    go_waitgroup_done(&done);
}

/* Linux drops what asks for a connection when the queue is full: the dialler times out. */
static void full_backlog(void)
{
    enum { DIALS = 20 };
    struct sockaddr_in addr;
    char text[GO_ADDRESS_SIZE];
    int connected = 0, refused = 0, r;
    int l = net_listen(&addr, 1);
    CHECK_EQ(go_local_address(l, text, sizeof text), 0);
    go_chan(int) to = go_make(int, DIALS);
    go_waitgroup_add(&done, DIALS);
    for (int i = 0; i < DIALS; i++)
        go(dial_one, text, to);
    go_waitgroup_wait(&done);
    go_close(to);
    while (go_recv(to, &r)) {
        if (r >= 0) {
            connected++;
            CHECK_EQ(go_close_fd(r), 0);
        } else {
            CHECK_EQ(r, -ETIMEDOUT);
            refused++;
        }
    }
    CHECK_EQ(connected + refused, DIALS);
    CHECK(refused > 0 && connected > 0);
    /* Those that the queue had are given out, and then there is room again. */
    for (int i = 0; i < connected; i++)
        CHECK((r = go_accept_until(l, NULL, NULL, go_now() + GO_MINUTE)) >= 0 &&
              go_close_fd(r) == 0);
    int again = go_dial("tcp", text, go_now() + GO_MINUTE);
    CHECK(again >= 0);
    CHECK_EQ(go_close_fd(again), 0);
    CHECK_EQ(go_close_fd(l), 0);
    go_drop(to);
}

int main(void)
{
    for (int i = 0; i < 20; i++)
        reset_of_a_reader(), reset_of_a_writer();
    slow_reader();
    full_backlog();
    CHECK_EQ(go_count(), 1);
    go_verify();
}
