/* SPDX-License-Identifier: MIT */
/* A pointer into a packed stack is as good as ever: for another goroutine, a thread, the
 * kernel on behalf of one, a child of fork.  What a parked goroutine had on its stack is
 * there when it goes on, byte for byte, whoever wakes it; and its page stays where it is
 * while the kernel holds it for a device. */
#include "pack.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <pthread.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>

enum { BYTES = 9000, SMALL = 64 };

/* A parked goroutine, and what others do to its buffer meanwhile. */
struct parked {
    unsigned char *buffer; /* on its stack */
    size_t size;
    go_chan(int) go_on;
    go_chan(int) there;
    go_chan(int) right;
};

/* Mostly 0, as buffers are; what would hardly be smaller packed stays in place. */
static unsigned char byte_of(size_t i, unsigned seed)
{
    return i % 24 ? 0 : (unsigned char)(i * 37 + seed);
}

static void write_bytes(unsigned char *b, size_t n, unsigned seed)
{
    for (size_t i = 0; i < n; i++)
        b[i] = byte_of(i, seed);
}

static bool holds_bytes(const unsigned char *b, size_t n, unsigned seed)
{
    for (size_t i = 0; i < n; i++)
        if (b[i] != byte_of(i, seed))
            return false;
    return true;
}

static void park_with(struct parked *p, volatile unsigned char *buffer)
{
    p->buffer = (unsigned char *)buffer;
    go_send(p->there, 1);
    int seed;
    go_recv(p->go_on, &seed);
    go_send(p->right, holds_bytes(p->buffer, p->size, (unsigned)seed));
}

static void park_large(struct parked *p)
{
    volatile unsigned char buffer[BYTES];
    write_bytes((unsigned char *)buffer, BYTES, 1);
    park_with(p, buffer);
}

static void park_small(struct parked *p)
{
    volatile unsigned char buffer[SMALL];
    write_bytes((unsigned char *)buffer, SMALL, 1);
    park_with(p, buffer);
}

static struct parked parked_new(size_t size)
{
    return (struct parked){
        .size = size, .go_on = go_make(int, 0), .there = go_make(int, 0), .right = go_make(int, 0)
    };
}

static void parked_start(struct parked *p)
{
    int there;
    go(p->size == BYTES ? park_large : park_small, p);
    go_recv(p->there, &there);
    pack_await(p->buffer);
}

/* It finds what was written with seed. */
static void parked_end(struct parked *p, int seed)
{
    int right;
    go_send(p->go_on, seed);
    go_recv(p->right, &right);
    CHECK(right);
    go_drop(p->go_on);
    go_drop(p->there);
    go_drop(p->right);
}

/* --- What is done to it --------------------------------------------------------- */

static void nothing(struct parked *p)
{
    (void)p;
}

static void rewrite(struct parked *p)
{
    CHECK(holds_bytes(p->buffer, p->size, 1));
    write_bytes(p->buffer, p->size, 2);
}

static void *rewrite_in_thread(void *p)
{
    rewrite(p);
    return NULL;
}

static void by_thread(struct parked *p)
{
    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, rewrite_in_thread, p), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
}

/* The kernel is the first to touch it, in a thread that is not ours. */
static void *read_in_thread(void *arg)
{
    struct parked *p = arg;
    unsigned char bytes[BYTES];
    int ends[2];
    CHECK_EQ(pipe(ends), 0);
    write_bytes(bytes, p->size, 2);
    CHECK_EQ(write(ends[1], bytes, p->size), p->size);
    CHECK_EQ(read(ends[0], p->buffer, p->size), p->size);
    close(ends[0]);
    close(ends[1]);
    return NULL;
}

static void by_kernel(struct parked *p)
{
    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, read_in_thread, p), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
}

/* The kernel reads it first. */
static void by_kernels_read(struct parked *p)
{
    unsigned char bytes[BYTES];
    int ends[2];
    CHECK_EQ(pipe(ends), 0);
    CHECK_EQ(write(ends[1], p->buffer, p->size), p->size);
    CHECK_EQ(read(ends[0], bytes, p->size), p->size);
    CHECK(holds_bytes(bytes, p->size, 1));
    close(ends[0]);
    close(ends[1]);
}

static void by_child(struct parked *p)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        _exit(holds_bytes(p->buffer, p->size, 1) ? 0 : 1);
    int status;
    CHECK_EQ(waitpid(child, &status, 0), child);
    CHECK_EQ(status, 0);
}

static void try_each(size_t size)
{
    static const struct {
        void (*what)(struct parked *);
        int seed;
    } cases[] = { { nothing, 1 },   { rewrite, 2 },         { by_thread, 2 },
                  { by_kernel, 2 }, { by_kernels_read, 1 }, { by_child, 1 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parked p = parked_new(size);
        parked_start(&p);
        cases[i].what(&p);
        if (cases[i].what != by_child) /* what was a child's too does not move until written to */
            pack_await(p.buffer);      /* and it is packed once more */
        parked_end(&p, cases[i].seed);
    }
}

/* --- Pinned ----------------------------------------------------------------------- */

/* A ring that holds the pages of buffer as a device would, or -1. */
static int pin(void *buffer, size_t size)
{
    struct io_uring_params params;
    struct iovec v = { buffer, size };
    memset(&params, 0, sizeof params);
    int ring = (int)syscall(SYS_io_uring_setup, 1, &params);
    if (ring >= 0 && syscall(SYS_io_uring_register, ring, IORING_REGISTER_BUFFERS, &v, 1) != 0) {
        close(ring);
        return -1;
    }
    return ring;
}

static void pinned_stays(void)
{
    struct parked p = parked_new(SMALL);
    struct stack_slot s;
    parked_start(&p);
    int ring = pin(p.buffer, p.size);
    if (ring >= 0) {
        CHECK(stack_slot_of(p.buffer, &s));
        go_sleep(100 * GO_MILLISECOND);
        CHECK(!pack_is_packed(&s));
        close(ring);
        pack_await(p.buffer);
    }
    parked_end(&p, 1);
}

/* --- Growing beside packed ones ---------------------------------------------------- */

static int deep(int n)
{
    volatile char frame[2048];
    frame[0] = (char)n;
    return n == 0 ? frame[0] : deep(n - 1) + (frame[0] == (char)n);
}

static void grow(go_chan(int) out)
{
    go_send(out, deep(64));
}

static void neighbours_grow(void)
{
    struct parked p = parked_new(SMALL);
    go_chan(int) out = go_make(int, 0);
    parked_start(&p);
    for (int i = 0; i < 100; i++) {
        int n;
        go(grow, out);
        go_recv(out, &n);
        CHECK_EQ(n, 64);
    }
    go_drop(out);
    parked_end(&p, 1);
}

/* The descriptor is none of the program's. */
static void close_unknown(void)
{
    struct parked p = parked_new(SMALL);
    parked_start(&p);
    for (int fd = 3; fd < 64; fd++)
        close(fd);
    parked_end(&p, 1);
}

int main(void)
{
    pack_ask();
    try_each(SMALL);
    try_each(BYTES);
    pinned_stays();
    neighbours_grow();
    close_unknown();
    struct pack_counts c = pack_counts();
    CHECK(c.packed >= c.unpacked && c.packed - c.unpacked == c.now);
    return 0;
}
