/* SPDX-License-Identifier: MIT */
/* The ring against a model: every capacity and element size, FIFO, length, full and
 * empty, the end of the ring at every offset. */
#include "chan/chan.h"
#include "check.h"

#include <errno.h>
#include <goroutine.h>

enum { MAX_ELEM = 300, MAX_CAP = 199 };

/* Element number n of a test, and room around it that must stay as it is. */
struct value {
    unsigned char before[16], bytes[MAX_ELEM], after[16];
};

static void fill(struct value *v, size_t elem, uint32_t n)
{
    memset(v, 0xA5, sizeof *v);
    for (size_t i = 0; i < elem; i++)
        v->bytes[i] = (unsigned char)(n * 31 + i * 7 + (n >> 8));
}

static void check_value(const struct value *got, size_t elem, uint32_t n)
{
    struct value want;
    fill(&want, elem, n);
    CHECK(memcmp(got, &want, sizeof want) == 0);
}

static void send_one(struct go_chan_ *c, uint32_t n, bool room)
{
    struct value v;
    fill(&v, c->elem, n);
    CHECK_EQ(go_chan_try_send_(c, v.bytes), room ? 0 : -EAGAIN);
}

static void recv_one(struct go_chan_ *c, uint32_t n, bool any)
{
    struct value v;
    memset(&v, 0xA5, sizeof v);
    CHECK_EQ(go_chan_try_recv_(c, v.bytes), any ? 0 : -EAGAIN);
    check_value(&v, any ? c->elem : 0, n);
}

/* Fill up, drain in part, again and again; in and out count what passed. */
static void exercise(size_t elem, size_t cap, int rounds)
{
    struct go_chan_ *c = go_chan_make_(elem, (int64_t)cap);
    uint32_t in = 0, out = 0;
    CHECK_EQ(go_chan_cap_(c), cap);
    for (int r = 0; r < rounds; r++) {
        while (in - out < cap)
            send_one(c, in++, true);
        send_one(c, in, false);
        CHECK_EQ(go_chan_len_(c), cap);
        chan_verify(c);
        size_t keep = cap ? (size_t)r % cap : 0;
        while (in - out > keep)
            recv_one(c, out++, true);
        CHECK_EQ(go_chan_len_(c), keep);
        chan_verify(c);
    }
    while (in != out)
        recv_one(c, out++, true);
    recv_one(c, 0, false);
    chan_verify(c);
    go_chan_drop_(c);
}

/* A receive that discards, the blocking calls, and what is left at a close. */
static void drain_after_close(size_t elem, size_t cap)
{
    struct go_chan_ *c = go_chan_make_(elem, (int64_t)cap);
    struct value v;
    for (uint32_t n = 0; n < cap; n++) {
        fill(&v, elem, n);
        go_chan_send_(c, v.bytes);
    }
    go_chan_close_(c);
    chan_verify(c);
    for (uint32_t n = 0; n < cap; n++) {
        memset(&v, 0xA5, sizeof v);
        CHECK(go_chan_recv_(c, n % 3 ? v.bytes : NULL));
        check_value(&v, n % 3 ? elem : 0, n);
    }
    for (int i = 0; i < 2; i++) {
        memset(&v, 0xA5, sizeof v);
        CHECK(!go_chan_recv_(c, v.bytes));
        for (size_t k = 0; k < MAX_ELEM; k++)
            CHECK_EQ(v.bytes[k], k < elem ? 0 : 0xA5);
        CHECK_EQ(go_chan_try_recv_(c, NULL), -EPIPE);
    }
    chan_verify(c);
    go_chan_drop_(c);
}

int main(void)
{
    int step = test_scale(1, 7);
    for (int cap = 0; cap <= MAX_CAP; cap += step) {
        exercise(4, (size_t)cap, 5);
        exercise(8, (size_t)cap, 5);
        drain_after_close(4, (size_t)cap);
    }
    for (int elem = 0; elem <= MAX_ELEM; elem += step) {
        exercise((size_t)elem, 3, 7);
        exercise((size_t)elem, 8, 9);
        drain_after_close((size_t)elem, 5);
    }
}
