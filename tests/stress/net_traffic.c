/* SPDX-License-Identifier: MIT */
/* Connections that are made, used by several at once with deadlines that move, and closed
 * under them, by goroutines and threads that are not ours; the runtime is whole after each
 * round. */
#include "../conformance/net_support.h"

#include <pthread.h>
#include <signal.h>

enum { LINKS = 8, USERS = 3 };

static void use_reads(int fd, uint32_t seed)
{
    char buf[2000];
    for (;;) {
        int64_t soon = go_now() + next_random(&seed) % GO_MILLISECOND;
        struct iovec v[2] = { { buf, 10 }, { buf + 10, 100 } };
        struct pollfd p = { fd, POLLIN, 0 };
        ssize_t n;
        switch (next_random(&seed) % 5) {
        case 0:
            n = go_read_until(fd, buf, sizeof buf, soon);
            break;
        case 1:
            n = go_readv(fd, v, 2);
            break;
        case 2:
            n = go_poll_until(&p, 1, soon);
            n = n == 1 && p.revents & POLLNVAL ? (errno = EBADF, -1) : 1;
            break;
        case 3:
            n = go_select(go_on_readable(fd), go_on_deadline(soon)) + 1;
            break;
        default:
            n = go_read(fd, buf, 1 + next_random(&seed) % sizeof buf);
        }
        if (n == 0 || (n < 0 && errno != ETIMEDOUT))
            break;
    }
}

static void use_writes(int fd, uint32_t seed)
{
    static char buf[100000];
    ssize_t n;
    do {
        if (next_random(&seed) % 4 == 0 &&
            go_set_write_deadline(fd, go_now() + next_random(&seed) % GO_MILLISECOND) != 0)
            break;
        n = go_write(fd, buf, 1 + next_random(&seed) % sizeof buf);
    } while (n > 0 || (n < 0 && errno == ETIMEDOUT));
}

struct use {
    int fd;
    uint32_t seed;
};

static void *alien(void *arg)
{
    struct use u = *(struct use *)arg;
    if (u.seed % 2)
        use_reads(u.fd, u.seed);
    else
        use_writes(u.fd, u.seed);
    return NULL;
}

static struct link links[LINKS];
static pthread_t threads[LINKS];
static struct use uses[LINKS];

static void begin(uint32_t i, uint32_t seed, go_waitgroup *wg)
{
    struct link l = links[i] = link_make((enum kind)(seed % KINDS));
    for (uint32_t k = 0; k < USERS; k++) {
        go_waitgroup_go(wg, use_reads, l.a.r, seed * 7 + k);
        go_waitgroup_go(wg, use_reads, l.b.r, seed * 11 + k);
        go_waitgroup_go(wg, use_writes, l.a.w, seed * 13 + k);
        go_waitgroup_go(wg, use_writes, l.b.w, seed * 17 + k);
    }
    uses[i] = (struct use){ seed % 2 ? l.a.r : l.a.w, seed };
    CHECK_EQ(pthread_create(&threads[i], NULL, alien, &uses[i]), 0);
}

static void close_after(struct link l, uint32_t seed)
{
    go_sleep(next_random(&seed) % (3 * GO_MILLISECOND));
    link_close(l);
}

/* Nothing is opened while users may still come to a number that has been closed. */
static void round_of(uint32_t seed)
{
    go_waitgroup wg = { 0 };
    for (uint32_t i = 0; i < LINKS; i++)
        begin(i, seed + i, &wg);
    for (uint32_t i = 0; i < LINKS; i++)
        go_waitgroup_go(&wg, close_after, links[i], seed + i);
    go_waitgroup_wait(&wg);
    for (uint32_t i = 0; i < LINKS; i++)
        CHECK_EQ(pthread_join(threads[i], NULL), 0);
}

int main(void)
{
    int rounds = test_scale(40, 3);
    signal(SIGPIPE, SIG_IGN); /* of pipes */
    for (int r = 0; r < rounds; r++) {
        round_of((uint32_t)(r * LINKS));
        go_verify();
    }
}
