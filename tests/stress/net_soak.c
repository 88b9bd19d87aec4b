/* SPDX-License-Identifier: MIT */
/* Everything that happens to a server, all at once and for long: clients that talk, idle,
 * reset, half-close, do not read, are dropped, give up by deadline or by context; a server
 * that moves its deadlines, and is stopped and started again.  After each round nothing is
 * left: no goroutine, no descriptor, and memory does not grow from round to round.
 *
 * A second; with GO_TEST_LONG two minutes. */
#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <goroutine.h>
#include <goroutine/debug.h>
#include <goroutine/net.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CLIENTS = 60, TALKS = 12, BIG = 1 << 18, WARM_ROUNDS = 4, GROWTH_KB = 16384 };

static char address[GO_ADDRESS_SIZE];
static go_waitgroup servers, clients;
static int64_t talks, refused, resets; /* atomic */

static void count(int64_t *n)
{
    __atomic_add_fetch(n, 1, __ATOMIC_RELAXED);
}

static unsigned below(unsigned *seed, unsigned n)
{
    *seed = *seed * 1103515245 + 12345;
    return (*seed >> 16) % n;
}

/* --- The server ------------------------------------------------------------------------ */

static void serve(int fd)
{
    char buf[2048];
    for (;;) {
        ssize_t n;
        if (go_set_deadline(fd, go_now() + 300 * GO_MILLISECOND) != 0)
            break;
        if (go_wait_readable(fd) != 0 || (n = go_read(fd, buf, sizeof buf)) <= 0)
            break;
        if (go_write(fd, buf, (size_t)n) != n)
            break;
    }
    CHECK_EQ(go_close_fd(fd), 0);
    go_waitgroup_done(&servers);
}

static void accept_all(int l)
{
    for (int fd; (fd = go_accept(l, NULL, NULL)) >= 0;) {
        go_waitgroup_add(&servers, 1);
        go(serve, fd);
    }
    CHECK_EQ(errno, ETIMEDOUT);
    CHECK_EQ(go_close_fd(l), 0); /* here, where nobody uses the number any more */
    go_waitgroup_done(&servers);
}

/* --- Clients: each returns with the descriptor still open ----------------------------- */

static void talk(int fd, unsigned seed)
{
    char out[512], in[512];
    for (int i = 0; i < TALKS; i++) {
        size_t n = 1 + below(&seed, sizeof out), got = 0;
        memset(out, (int)below(&seed, 256), n);
        if (go_write(fd, out, n) != (ssize_t)n)
            return;
        while (got < n) {
            ssize_t r = go_read(fd, in + got, n - got);
            if (r <= 0)
                return; /* the server is being stopped */
            got += (size_t)r;
        }
        CHECK(memcmp(in, out, n) == 0);
        count(&talks);
    }
}

static void half_close(int fd)
{
    char buf[64];
    if (go_write(fd, "bye", 3) == 3 && shutdown(fd, SHUT_WR) == 0)
        while (go_read(fd, buf, sizeof buf) > 0)
            ;
}

static void never_read(int fd)
{
    static const char block[BIG];
    if (go_write_until(fd, block, sizeof block, go_now() + 30 * GO_MILLISECOND) < 0)
        CHECK(errno == ETIMEDOUT || errno == EPIPE || errno == ECONNRESET);
}

static void give_up(int fd, unsigned seed)
{
    char byte;
    go_context *ctx =
        go_context_with_timeout(go_context_background(), below(&seed, 5) * GO_MILLISECOND);
    ssize_t n = go_read_ctx(fd, &byte, 1, ctx);
    CHECK(n == 0 || (n < 0 && (errno == ETIMEDOUT || errno == ECONNRESET)));
    go_context_cancel(ctx);
    go_context_drop(ctx);
}

static void read_in_vain(int fd, go_waitgroup *read)
{
    char byte;
    ssize_t n = go_read(fd, &byte, 1);
    CHECK(n == 0 || (n < 0 && (errno == ETIMEDOUT || errno == ECONNRESET)));
    go_waitgroup_done(read);
}

/* Ended by another, in one of two ways.  (Not by closing: a reader that had not begun yet
 * would read from the next file of that number.) */
static void end_a_reader(int fd, unsigned seed)
{
    go_waitgroup read = { 0 };
    go_waitgroup_add(&read, 1);
    go(read_in_vain, fd, &read);
    go_sleep(below(&seed, 3) * GO_MILLISECOND);
    if (below(&seed, 2))
        CHECK(shutdown(fd, SHUT_RDWR) == 0 || errno == ENOTCONN);
    else
        CHECK_EQ(go_set_read_deadline(fd, go_now()), 0);
    go_waitgroup_wait(&read);
}

static void reset(int fd)
{
    struct linger now = { 1, 0 };
    CHECK_EQ(setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now), 0);
    count(&resets);
}

static void client(unsigned seed)
{
    int fd = go_dial("tcp", address, go_now() + 10 * GO_SECOND);
    if (fd < 0) {
        CHECK(fd == -ECONNREFUSED || fd == -ECONNRESET || fd == -ETIMEDOUT);
        count(&refused);
        go_waitgroup_done(&clients);
        return;
    }
    switch (below(&seed, 8)) {
    case 0:
        half_close(fd);
        break;
    case 1:
        never_read(fd);
        break;
    case 2:
        give_up(fd, seed);
        break;
    case 3:
        end_a_reader(fd, seed);
        break;
    case 4:
        talk(fd, seed);
        reset(fd);
        break;
    default:
        talk(fd, seed);
    }
    CHECK_EQ(go_close_fd(fd), 0);
    go_waitgroup_done(&clients);
}

/* --- Rounds ---------------------------------------------------------------------------- */

static int descriptors(void)
{
    int n = 0;
    DIR *d = opendir("/proc/self/fd");
    CHECK(d);
    while (readdir(d))
        n++;
    closedir(d);
    return n;
}

static long resident_kb(void)
{
    long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    CHECK(f);
    CHECK_EQ(fscanf(f, "%*s %ld", &pages), 1);
    fclose(f);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void round_of(unsigned seed)
{
    int l = go_listen("tcp", "127.0.0.1:0");
    CHECK(l >= 0);
    CHECK_EQ(go_local_address(l, address, sizeof address), 0);
    go_waitgroup_add(&servers, 1);
    go(accept_all, l);
    go_waitgroup_add(&clients, CLIENTS);
    for (unsigned i = 0; i < CLIENTS; i++)
        go(client, seed * CLIENTS + i);
    if (seed % 4 == 3)
        go_sleep(2 * GO_MILLISECOND); /* stopped under load */
    else
        go_waitgroup_wait(&clients);
    CHECK_EQ(go_set_deadline(l, 0), 0);
    go_waitgroup_wait(&clients);
    go_waitgroup_wait(&servers);
    while (go_count() > 1)
        go_yield();
    go_verify();
}

int main(void)
{
    int64_t length = getenv("GO_TEST_LONG") ? 2 * GO_MINUTE : GO_SECOND, start = go_now();
    unsigned rounds = 0;
    int open = 0;
    long kb = 0;
    while (rounds < WARM_ROUNDS + 2 || go_now() - start < length) {
        round_of(rounds++);
        if (rounds == WARM_ROUNDS) {
            open = descriptors();
            kb = resident_kb();
        }
    }
    CHECK_EQ(descriptors(), open);
    CHECK(talks > 0 && resets > 0);
    if (!getenv("GO_TEST_SLOW")) /* a sanitizer keeps what was freed */
        CHECK(resident_kb() - kb < GROWTH_KB);
    printf("%u rounds, %lld answers, %lld resets, %lld refused, %ld KB more\n", rounds,
           (long long)talks, (long long)resets, (long long)refused, resident_kb() - kb);
}
