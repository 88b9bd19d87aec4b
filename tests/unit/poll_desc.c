/* SPDX-License-Identifier: MIT */
/* The records of descriptors (src/poll/desc.h): no event is slept over, a call never meets
 * the next file of its number, and a number that was closed behind the library's back does
 * not leave its next user waiting for ever. */
#include "check.h"

#include "poll/desc.h"

#include <errno.h>
#include <fcntl.h>
#include <goroutine.h>
#include <goroutine/debug.h>
#include <sys/socket.h>
#include <unistd.h>

static void pair(int fd[2])
{
    CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd), 0);
    desc_new(fd[0], DESC_SOCKET);
    desc_new(fd[1], DESC_SOCKET);
}

/* read_byte - one byte, or a negative errno. */
static int read_byte(int fd)
{
    int err = 0;
    char byte;
    struct desc *d = desc_hold(fd, &err);
    if (!d)
        return -err;
    do {
        uint32_t seen = desc_seen(d, DESC_READ);
        if ((err = desc_begin(d, DESC_READ)) != 0)
            break;
        ssize_t n = recv(fd, &byte, 1, MSG_DONTWAIT);
        err = n == 1 ? byte : n == 0 ? -EPIPE : -errno;
        if (err == -EAGAIN)
            err = desc_wait(d, DESC_READ, seen, until_forever());
        else
            break;
    } while (err == 0);
    desc_release(d);
    return err;
}

static void read_into(int fd, int *out)
{
    int r = read_byte(fd);
    __atomic_store_n(out, r, __ATOMIC_RELEASE);
}

static int get(int *p)
{
    return __atomic_load_n(p, __ATOMIC_ACQUIRE);
}

static void await(int *p)
{
    while (get(p) == INT32_MAX)
        go_sleep(GO_MILLISECOND);
}

static void event_before_the_wait(void)
{
    int fd[2], err;
    pair(fd);
    struct desc *d = desc_hold(fd[0], &err);
    CHECK_EQ(desc_register(d), 0);
    uint32_t seen = desc_seen(d, DESC_READ);
    CHECK_EQ(write(fd[1], "a", 1), 1);
    while (desc_seen(d, DESC_READ) == seen) {
        int unused = INT32_MAX; /* so that somebody polls */
        go(read_into, fd[1], &unused);
        go_sleep(GO_MILLISECOND);
        CHECK_EQ(desc_set_deadline(fd[1], true, false, 1), 0);
        await(&unused);
        CHECK_EQ(unused, -ETIMEDOUT);
        CHECK_EQ(desc_set_deadline(fd[1], true, false, GO_FOREVER), 0);
    }
    CHECK_EQ(desc_wait(d, DESC_READ, seen, until_forever()), 0);
    desc_release(d);
    CHECK_EQ(desc_close(fd[0]), 0);
    CHECK_EQ(desc_close(fd[1]), 0);
}

static void one_event_wakes_all(void)
{
    int fd[2], r[3] = { INT32_MAX, INT32_MAX, INT32_MAX };
    pair(fd);
    for (int i = 0; i < 3; i++)
        go(read_into, fd[0], &r[i]);
    go_sleep(GO_MILLISECOND);
    CHECK_EQ(write(fd[1], "xyz", 3), 3);
    for (int i = 0; i < 3; i++)
        await(&r[i]);
    CHECK_EQ(r[0] + r[1] + r[2], 'x' + 'y' + 'z');
    go_verify();
    CHECK_EQ(desc_close(fd[0]), 0);
    CHECK_EQ(desc_close(fd[0]), -1);
    CHECK_EQ(errno, EBADF);
    CHECK_EQ(desc_close(fd[1]), 0);
}

/* The kernel gives the number away again, to another file that is sent a byte of its own. */
static void numbers_that_are_reused(void)
{
    enum { ROUNDS = 300, READERS = 3 };
    int number = -1;
    for (int round = 0; round < ROUNDS; round++) {
        int fd[2], r[READERS];
        char byte = (char)(1 + round % 100);
        pair(fd);
        number = fd[0];
        for (int i = 0; i < READERS; i++) {
            r[i] = INT32_MAX;
            go(read_into, number, &r[i]);
        }
        if (round % 3)
            go_yield();
        if (round % 2)
            CHECK_EQ(write(fd[1], &byte, 1), 1);
        CHECK_EQ(desc_close(number), 0);
        for (int i = 0; i < READERS; i++) {
            await(&r[i]);
            /* One that began late met nothing, or a file that the library has open for a
             * moment. */
            CHECK(r[i] == -EBADF || r[i] == -ENOTSOCK || r[i] == byte);
        }
        CHECK_EQ(desc_close(fd[1]), 0);
    }
    go_verify();
}

/* close(2), and another file under the same number: the poller does not know of it. */
static void closed_behind_our_back(void)
{
    int fd[2], other[2], r = INT32_MAX;
    pair(fd);
    go(read_into, fd[0], &r);
    go_sleep(GO_MILLISECOND);
    CHECK_EQ(write(fd[1], "1", 1), 1);
    await(&r);
    CHECK_EQ(r, '1');
    CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, other), 0);
    CHECK_EQ(dup2(other[0], fd[0]), fd[0]);
    CHECK_EQ(close(other[0]), 0);

    r = INT32_MAX;
    go(read_into, fd[0], &r);
    go_sleep(GO_MILLISECOND);
    CHECK_EQ(write(other[1], "2", 1), 1);
    await(&r); /* sysmon has the kernel look, after a second or two */
    CHECK_EQ(r, '2');
    CHECK_EQ(desc_close(fd[0]), 0);
    CHECK_EQ(desc_close(fd[1]), 0);
    CHECK_EQ(close(other[1]), 0);
}

static void closed_and_gone(void)
{
    int fd[2], r = INT32_MAX;
    pair(fd);
    go(read_into, fd[0], &r);
    go_sleep(GO_MILLISECOND);
    CHECK_EQ(close(fd[0]), 0);
    await(&r);
    CHECK_EQ(r, -EBADF);
    CHECK_EQ(desc_close(fd[1]), 0);
}

static void deadlines(void)
{
    int fd[2], r = INT32_MAX;
    pair(fd);
    int64_t start = go_now();
    CHECK_EQ(desc_set_deadline(fd[0], true, true, start + GO_HOUR), 0);
    go(read_into, fd[0], &r);
    go_sleep(GO_MILLISECOND);
    CHECK_EQ(desc_set_deadline(fd[0], true, false, start + 2 * GO_HOUR), 0); /* later */
    go_verify();
    CHECK_EQ(desc_set_deadline(fd[0], true, false, start + 20 * GO_MILLISECOND), 0);
    go_verify();
    await(&r);
    CHECK_EQ(r, -ETIMEDOUT);
    CHECK(go_now() - start >= 20 * GO_MILLISECOND);
    CHECK_EQ(read_byte(fd[0]), -ETIMEDOUT); /* for good */
    CHECK_EQ(desc_set_deadline(fd[0], true, false, GO_FOREVER), 0);
    CHECK_EQ(write(fd[1], "b", 1), 1);
    CHECK_EQ(read_byte(fd[0]), 'b');

    /* The timer goes off for a deadline that has moved on. */
    r = INT32_MAX;
    CHECK_EQ(desc_set_deadline(fd[0], true, false, go_now() + 5 * GO_MILLISECOND), 0);
    go(read_into, fd[0], &r);
    go_yield();
    CHECK_EQ(desc_set_deadline(fd[0], true, false, go_now() + GO_HOUR), 0);
    go_sleep(10 * GO_MILLISECOND);
    bool early = get(&r) == -ETIMEDOUT; /* it was over before we moved it: a stalled machine */
    CHECK(early || get(&r) == INT32_MAX);
    CHECK_EQ(desc_close(fd[0]), 0);
    await(&r);
    CHECK(early || r == -EBADF);
    CHECK_EQ(desc_close(fd[1]), 0);
}

int main(void)
{
    int err = 0;
    CHECK(!desc_hold(-1, &err));
    CHECK_EQ(err, EBADF);
    event_before_the_wait();
    one_event_wakes_all();
    numbers_that_are_reused();
    closed_behind_our_back();
    closed_and_gone();
    deadlines();
    CHECK_EQ(go_count(), 1);
    go_verify();
}
