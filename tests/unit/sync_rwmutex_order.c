/* SPDX-License-Identifier: MIT */
/* Who gets a read-write mutex next, and the bits of its word meanwhile. */
#include "sync_eventually.h"

#include "sync/check_sync.h"
#include "sync/rwmutex.h"

#include <pthread.h>

enum { READERS = 5, WRITERS = 2 };

/* Without a bias (calm_): it is in sync_rwmutex_bias.c. */
struct hall {
    go_rwmutex m;
    int readers, writers; /* atomic: inside */
    int seen;             /* atomic: readers that have been inside */
    bool open;            /* atomic: readers may leave */
    int left;             /* atomic */
};

static uint32_t word(struct hall *h)
{
    rwmutex_verify(&h->m);
    return ld_acquire(&h->m.state_);
}

static uint32_t counted(struct hall *h)
{
    return (word(h) & RW_READERS) / RW_READER;
}

static uint32_t queued_readers(struct hall *h)
{
    return queue_len(&h->m.rq_, &h->m.rq_.lock_);
}

static uint32_t queued_writers(struct hall *h)
{
    return queue_len(&h->m.wq_, &h->m.rq_.lock_);
}

static void look_around(struct hall *h)
{
    add_seq(&h->readers, 1);
    CHECK_EQ(ld_relaxed(&h->writers), 0);
    add_seq(&h->seen, 1);
    EVENTUALLY(ld_acquire(&h->open));
    add_seq(&h->readers, -1);
    go_rwmutex_runlock(&h->m);
    add_seq(&h->left, 1);
}

static void reader(struct hall *h)
{
    go_rwmutex_rlock(&h->m);
    look_around(h);
}

static void writer(struct hall *h)
{
    go_rwmutex_lock(&h->m);
    CHECK_EQ(add_seq(&h->writers, 1), 1);
    CHECK_EQ(ld_relaxed(&h->readers), 0);
    CHECK_EQ(ld_relaxed(&h->seen), READERS); /* all queued readers came first */
    add_seq(&h->writers, -1);
    go_rwmutex_unlock(&h->m);
    add_seq(&h->left, 1);
}

/* A writer's unlock lets in all readers that wait, also those that came after a
 * waiting writer; that one then shuts the hall until they have left. */
static void readers_first(void)
{
    struct hall h = { .m.calm_ = INT64_MAX, .open = false };
    go_rwmutex_lock(&h.m);
    for (uint32_t i = 0; i < WRITERS; i++) {
        go(writer, &h);
        EVENTUALLY(queued_writers(&h) == i + 1);
    }
    for (uint32_t i = 0; i < READERS; i++) {
        go(reader, &h);
        EVENTUALLY(queued_readers(&h) == i + 1);
    }
    go_rwmutex_unlock(&h.m);
    CHECK_EQ(counted(&h), READERS); /* at once, whether they run or not */
    CHECK_EQ(queued_readers(&h), 0);
    CHECK(!(word(&h) & LW_HELD));
    EVENTUALLY(word(&h) & LW_SHUT);
    CHECK(!go_rwmutex_try_rlock(&h.m));
    CHECK(!go_rwmutex_try_lock(&h.m));
    EVENTUALLY(ld_acquire(&h.readers) == READERS);
    st_release(&h.open, true);
    EVENTUALLY(ld_acquire(&h.left) == READERS + WRITERS);
    CHECK_EQ(word(&h), 0);
}

static void last_reader_hands_over(void)
{
    struct hall h = { .m.calm_ = INT64_MAX, .seen = READERS };
    go_rwmutex_rlock(&h.m);
    go_rwmutex_rlock(&h.m);
    go(writer, &h);
    EVENTUALLY(queued_writers(&h) == 1);
    CHECK_EQ(word(&h), 2 * RW_READER | LW_QUEUED | LW_SHUT);
    go_rwmutex_runlock(&h.m);
    CHECK_EQ(word(&h), RW_READER | LW_QUEUED | LW_SHUT);
    go_rwmutex_runlock(&h.m);
    EVENTUALLY(ld_acquire(&h.left) == 1);
    CHECK_EQ(word(&h), 0);
}

struct late {
    struct hall *hall;
    int64_t deadline;
    int result; /* atomic */
};

static void write_soon(struct late *l)
{
    st_release(&l->result, go_rwmutex_lock_until(&l->hall->m, l->deadline));
}

static void read_soon(struct late *l)
{
    st_release(&l->result, go_rwmutex_rlock_until(&l->hall->m, l->deadline));
}

/* A writer gives up while readers are queued behind it: they come in, for nobody
 * else would ever let them. */
static void writer_gives_up(void)
{
    struct hall h = { .m.calm_ = INT64_MAX, .open = true };
    go_rwmutex_rlock(&h.m);
    struct late l = { &h, go_now() + 20 * GO_MILLISECOND, 1 };
    go(write_soon, &l);
    EVENTUALLY((word(&h) & LW_SHUT) || ld_acquire(&l.result) != 1);
    for (int i = 0; i < READERS; i++)
        go(reader, &h);
    EVENTUALLY(ld_acquire(&l.result) != 1);
    CHECK_EQ(l.result, -ETIMEDOUT);
    EVENTUALLY(ld_acquire(&h.left) == READERS);
    CHECK_EQ(word(&h), RW_READER);
    go_rwmutex_runlock(&h.m);
    CHECK_EQ(word(&h), 0);
}

static void reader_gives_up(void)
{
    struct hall h = { .m.calm_ = INT64_MAX, .open = true };
    go_rwmutex_lock(&h.m);
    CHECK_EQ(go_rwmutex_rlock_until(&h.m, 0), -ETIMEDOUT);
    CHECK_EQ(go_rwmutex_lock_until(&h.m, 0), -ETIMEDOUT);
    CHECK_EQ(word(&h), LW_HELD);
    struct late l = { &h, go_now() + GO_MILLISECOND, 1 };
    go(read_soon, &l);
    EVENTUALLY(ld_acquire(&l.result) != 1);
    CHECK_EQ(l.result, -ETIMEDOUT);
    CHECK_EQ(word(&h), LW_HELD);
    go_rwmutex_unlock(&h.m);
    CHECK_EQ(word(&h), 0);
    CHECK_EQ(go_rwmutex_rlock_until(&h.m, 0), 0); /* free: no deadline matters */
    CHECK_EQ(word(&h), RW_READER);
    CHECK(!go_rwmutex_try_lock(&h.m));
    CHECK(go_rwmutex_try_rlock(&h.m));
    go_rwmutex_runlock(&h.m);
    go_rwmutex_runlock(&h.m);
    CHECK_EQ(word(&h), 0);
}

/* A writer waits behind a writer, which becomes a reader by sleight of hand: as
 * after a woken writer has given up, readers are in and nobody has shut them out. */
static void not_shut_out(struct hall *h)
{
    go_rwmutex_lock(&h->m);
    go(writer, h);
    EVENTUALLY(queued_writers(h) == 1);
    CHECK_EQ(word(h), LW_HELD | LW_QUEUED);
    st_release(&h->m.state_, RW_READER | LW_QUEUED);
}

/* Who gives up then does it for the one that waits. */
static void shuts_out_for_the_next(void)
{
    struct hall h = { .m.calm_ = INT64_MAX, .seen = READERS };
    not_shut_out(&h);
    CHECK_EQ(go_rwmutex_lock_until(&h.m, 0), -ETIMEDOUT);
    CHECK_EQ(word(&h), RW_READER | LW_QUEUED | LW_SHUT);
    go_rwmutex_runlock(&h.m);
    EVENTUALLY(ld_acquire(&h.left) == 1);
    CHECK_EQ(word(&h), 0);
}

struct passer_by {
    go_rwmutex *m; /* atomic */
    bool over;     /* atomic */
};

static void *pass_by(void *arg)
{
    struct passer_by *p = arg;
    while (!ld_acquire(&p->over)) {
        if (go_rwmutex_try_rlock(ld_acquire(&p->m)))
            go_rwmutex_runlock(ld_relaxed(&p->m));
    }
    return NULL;
}

/* Readers come in while the last one hands over: none is lost count of. */
static void last_reader_races(void)
{
    struct hall h = { .m.calm_ = INT64_MAX, .open = true };
    struct passer_by p = { .m = &h.m };
    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, pass_by, &p), 0);
    for (int i = 0; i < test_scale(20000, 500); i++) {
        h.left = 0;
        h.seen = READERS;
        while (!go_rwmutex_try_lock(&h.m))
            go_yield();
        go(writer, &h);
        EVENTUALLY(queued_writers(&h) == 1);
        st_release(&h.m.state_, RW_READER | LW_QUEUED);
        for (int k = 0; k < i % 64; k++)
            cpu_relax();
        go_rwmutex_runlock(&h.m);
        EVENTUALLY(ld_acquire(&h.left) == 1);
    }
    st_release(&p.over, true);
    CHECK_EQ(pthread_join(t, NULL), 0);
    CHECK_EQ(word(&h), 0);
}

/* For a starving writer the readers that are let in are the last. */
static void starving_writer(void)
{
    struct hall h = { .m.calm_ = INT64_MAX, .seen = READERS - 1 };
    go_rwmutex_lock(&h.m);
    go(writer, &h);
    EVENTUALLY(queued_writers(&h) == 1);
    go(reader, &h);
    EVENTUALLY(queued_readers(&h) == 1);
    __atomic_fetch_or(&h.m.state_, LW_STARVING, __ATOMIC_RELAXED);
    go_rwmutex_unlock(&h.m);
    CHECK_EQ(word(&h), RW_READER | LW_QUEUED | LW_STARVING | LW_SHUT);
    CHECK(!go_rwmutex_try_rlock(&h.m));
    st_release(&h.open, true);
    EVENTUALLY(ld_acquire(&h.left) == 2);
    CHECK_EQ(word(&h), 0);
}

int main(void)
{
    for (int procs = 1; procs <= 2; procs++) {
        go_maxprocs(procs);
        for (int i = 0; i < test_scale(50, 5); i++) {
            readers_first();
            last_reader_hands_over();
            writer_gives_up();
            reader_gives_up();
            shuts_out_for_the_next();
            starving_writer();
        }
        last_reader_races();
    }
}
