/* SPDX-License-Identifier: MIT */
/* Making, holding and closing channels, and checking them. */
#include "chan/chan.h"

#include "base/alloc.h"

#include <errno.h>

/* As in Go: what no address space can hold is a wrong size, not a lack of memory. */
#define CHAN_MAX_BYTES ((size_t)1 << 47)

int chan_new(struct go_chan_ **out, size_t elem, int64_t cap, size_t extra, void **extra_at)
{
    size_t bytes;
    if (cap < 0 || __builtin_mul_overflow(elem, (size_t)cap, &bytes) || bytes > CHAN_MAX_BYTES)
        return -EINVAL;
    if (elem && cap > CHAN_MAX_SLOTS)
        return -EINVAL;
    size_t behind = (sizeof(struct go_chan_) + bytes + 15) & ~(size_t)15;
    /* Not aligned_alloc: glibc has no cache for it, and it costs 30 ns more. */
    char *mem = fault(FAIL_MALLOC) ? NULL : malloc(behind + extra + CACHE_LINE - 1);
    if (!mem)
        return -ENOMEM;
    uintptr_t at = ((uintptr_t)mem + CACHE_LINE - 1) & ~(uintptr_t)(CACHE_LINE - 1);
    struct go_chan_ *c = (struct go_chan_ *)at;
    *c = (struct go_chan_){ .cap = (size_t)cap, .elem = elem, .holders = 1, .mem = mem };
    if (extra_at)
        *extra_at = (char *)c + behind;
    *out = c;
    return 0;
}

int go_chan_try_make_(struct go_chan_ **out, size_t elem, int64_t cap)
{
    return chan_new(out, elem, cap, 0, NULL);
}

struct go_chan_ *go_chan_make_(size_t elem, int64_t cap)
{
    struct go_chan_ *c;
    int err = chan_new(&c, elem, cap, 0, NULL);
    if (err == -EINVAL)
        panic("makechan: size out of range");
    if (err)
        fatal("out of memory");
    return c;
}

/* Relaxed: who gives a hold away has one, so the channel does not end meanwhile. */
struct go_chan_ *go_chan_hold_(struct go_chan_ *c)
{
    if (c)
        add_relaxed(&c->holders, 1);
    return c;
}

/* The last holder is alone with the channel.  A waiter would be somebody who uses
 * it without a hold of his own or another's. */
static void chan_free(struct go_chan_ *c)
{
    if (c->timer)
        timer_chan_end(c);
    if (c->recvq.len_ || c->sendq.len_)
        fatal("go_drop: last holder gone while a goroutine waits on the channel");
    free(c->mem);
}

/* Each drop releases what its holder did to the channel, the last acquires it. */
void go_chan_drop_(struct go_chan_ *c)
{
    if (!c)
        return;
    if (ld_acquire(&c->holders) == 1 || sub_seq(&c->holders, 1) == 0)
        chan_free(c);
}

size_t go_chan_len_(struct go_chan_ *c)
{
    return c ? chan_count(c) : 0;
}

size_t go_chan_cap_(struct go_chan_ *c)
{
    return c ? c->cap : 0;
}

/* Move every live waiter of q to the end of a chain, none of them with a value;
 * returns the new end.  A receiver's variable becomes zero here, where the size
 * is at hand and the channel is sure to live. */
static struct go_waiter_ **close_queue(go_waitq_ *q, struct go_waiter_ **end, size_t zero)
{
    struct go_waiter_ *w;
    while ((w = waitq_pop(q))) {
        w->ok = false;
        if (zero && w->elem)
            memset(w->elem, 0, zero);
        w->next = NULL;
        *end = w;
        end = &w->next;
    }
    return end;
}

/* As chan_wake, for a chain. */
static void close_wake(struct m *m, struct go_waiter_ *first)
{
    for (struct go_waiter_ *w = first; w; w = w->next)
        waiter_wait_gate(w->obj);
    if (first)
        ready_all(m, first);
}

bool chan_close_inside(struct m *m, struct go_chan_ *c)
{
    chan_lock(m, c);
    if (chan_closed(c)) {
        chan_unlock(m, c);
        return false;
    }
    /* Pairs with chan_closed. */
    st_release(&c->sendq.lock_, ld_relaxed(&c->sendq.lock_) | CHAN_CLOSED);
    struct go_waiter_ *first = NULL;
    struct go_waiter_ **end = close_queue(&c->recvq, &first, c->elem);
    close_queue(&c->sendq, end, 0);
    chan_unlock(m, c);
    close_wake(m, first);
    return true;
}

void go_chan_close_(struct go_chan_ *c)
{
    if (!c)
        panic("close of nil channel");
    struct m *m = rt_enter();
    bool closed = chan_close_inside(m, c);
    rt_exit(m);
    if (!closed)
        panic("close of closed channel");
}

void chan_park_nil(enum wait_reason why)
{
    park(rt_enter(), NULL, why);
    bug("a goroutine came back from a nil channel");
}

void chan_panic_send(void)
{
    panic("send on closed channel");
}

/* Q1, and how many waiters of q are live; the first of them in *first. */
static uint32_t verify_queue(const go_waitq_ *q, const struct go_waiter_ **first)
{
    uint32_t n = 0, live = 0;
    const struct go_waiter_ *prev = NULL;
    for (const struct go_waiter_ *w = q->head_; w; prev = w, w = w->next, n++) {
        ensure(w->queued && w->prev == prev && w->g);
        if (w->claim && ld_relaxed(w->claim))
            continue;
        if (!live++)
            *first = w;
    }
    ensure(q->tail_ == prev && q->len_ == n);
    return live;
}

void chan_verify(struct go_chan_ *c)
{
    const struct go_waiter_ *r = NULL, *s = NULL;
    chan_lock(&m_none, c);
    uint32_t nr = verify_queue(&c->recvq, &r), ns = verify_queue(&c->sendq, &s);
    size_t count = chan_count(c);
    /* Claims are taken at any time but never given back: a sender found live was
     * live when the receivers were looked at. */
    ensure(!nr || !ns || (r->claim && r->claim == s->claim)); /* C1 */
    ensure(!count || !nr);                                    /* C2 */
    ensure(count == c->cap || !ns);                           /* C2 */
    ensure(!chan_closed(c) || (!nr && !ns));                  /* C3 */
    ensure(count <= c->cap);                                  /* C4 */
    if (c->elem && c->cap) {
        ensure(c->rd < c->cap && c->wr < c->cap);  /* C4 */
        ensure((c->rd + count) % c->cap == c->wr); /* C4 */
    }
    ensure(ld_relaxed(&c->holders) > 0); /* C5 */
    if (c->timer)
        timer_chan_verify(c);
    chan_unlock(&m_none, c);
}
