/* SPDX-License-Identifier: MIT */
/* Singleflight: a table of what is under way, by key.
 *
 * The flight is a record counted by who needs it: the one who runs f, and each who
 * waits.  It is in the table, listed, until f has ended or the key is forgotten; the
 * record lasts until the last has read the result.
 *
 *   key, hash         immutable
 *   hold, drop        immutable
 *   next, listed,     the table's lock
 *   others, receivers
 *   result            written by who runs f, before it counts down done; then immutable
 *   refs              atomic; grows only under the table's lock, while listed
 *
 * Once a result can be seen, nobody touches the table for this flight any more: it may
 * be gone as soon as the last who asked has his result.
 *
 * The table is an array of lists, a power of two; it goes with the last flight, so that
 * one at rest owns no memory.
 */
#include "base/alloc.h"
#include "base/fatal.h"
#include "chan/chan.h"
#include "sched/defer.h"
#include "sched/spawn.h"

#include <errno.h>
#include <goroutine/group.h>
#include <string.h>

enum { FIRST_SIZE = 8 };

/* One who is to receive the result. */
struct receiver {
    struct receiver *next;
    struct go_chan_ *chan; /* held; has room for one */
};

struct go_flight_ {
    struct go_flight_ *next;
    struct receiver *receivers;
    go_waitgroup done;
    go_flight result;
    void (*hold)(void *);
    void (*drop)(void *);
    uint32_t refs;
    uint32_t others; /* joined after the first */
    uint32_t hash;
    bool listed;
    char key[];
};

static uint32_t hash_of(const char *key)
{
    uint32_t h = UINT32_C(2166136261); /* FNV-1a */
    for (const unsigned char *s = (const unsigned char *)key; *s; s++)
        h = (h ^ *s) * UINT32_C(16777619);
    return h ^ h >> 15;
}

/* --- The table; the lock is held ---------------------------------------------- */

static struct go_flight_ **place_of(go_singleflight *s, uint32_t hash)
{
    return &s->table_[hash & (s->size_ - 1)];
}

static struct go_flight_ *find(go_singleflight *s, const char *key, uint32_t hash)
{
    struct go_flight_ *f = s->count_ ? *place_of(s, hash) : NULL;
    while (f && (f->hash != hash || strcmp(f->key, key) != 0))
        f = f->next;
    return f;
}

static void resize(go_singleflight *s, uint32_t size)
{
    struct go_flight_ **old = s->table_, *f, *next;
    uint32_t n = s->size_;
    s->table_ = rt_calloc(size, sizeof(struct go_flight_ *));
    if (!s->table_)
        fatal("out of memory");
    s->size_ = size;
    for (uint32_t i = 0; i < n; i++)
        for (f = old[i]; f; f = next) {
            struct go_flight_ **at = place_of(s, f->hash);
            next = f->next;
            f->next = *at;
            *at = f;
        }
    free(old);
}

static void list_flight(go_singleflight *s, struct go_flight_ *f)
{
    if (s->count_ == s->size_)
        resize(s, s->size_ ? 2 * s->size_ : FIRST_SIZE);
    struct go_flight_ **at = place_of(s, f->hash);
    f->next = *at;
    *at = f;
    f->listed = true;
    s->count_++;
}

static void unlist(go_singleflight *s, struct go_flight_ *f)
{
    if (!f->listed)
        return;
    struct go_flight_ **at = place_of(s, f->hash);
    while (*at != f)
        at = &(*at)->next;
    *at = f->next;
    f->listed = false;
    if (--s->count_ == 0) {
        free(s->table_);
        s->table_ = NULL;
        s->size_ = 0;
    }
}

/* --- One flight --------------------------------------------------------------- */

static struct go_flight_ *flight_new(const go_singleflight *s, const char *key, uint32_t hash)
{
    size_t n = strlen(key) + 1;
    struct go_flight_ *f = rt_calloc(1, sizeof *f + n);
    if (!f)
        fatal("out of memory");
    memcpy(f->key, key, n);
    f->hash = hash;
    f->hold = s->hold;
    f->drop = s->drop;
    f->refs = 1;
    go_waitgroup_add(&f->done, 1);
    return f;
}

/* Join the flight of the key, or make it; *mine tells.  The caller has a count. */
static struct go_flight_ *board(go_singleflight *s, const char *key, bool *mine)
{
    uint32_t hash = hash_of(key);
    struct go_flight_ *f = find(s, key, hash);
    *mine = !f;
    if (f) {
        f->others++;
        add_relaxed(&f->refs, 1);
    } else {
        f = flight_new(s, key, hash);
        list_flight(s, f);
    }
    return f;
}

/* Whoever lets go last is alone with it. */
static void put(struct go_flight_ *f)
{
    if (sub_seq(&f->refs, 1) != 0)
        return;
    if (f->drop && f->result.value)
        f->drop(f->result.value);
    free(f);
}

/* The value for one more who gets it. */
static go_flight take(struct go_flight_ *f)
{
    if (f->hold && f->result.value)
        f->hold(f->result.value);
    return f->result;
}

/* f has ended: no one joins any more, all who did are served.  Its runner keeps its
 * count. */
static void land(go_singleflight *s, struct go_flight_ *f)
{
    go_mutex_lock(&s->lock_);
    unlist(s, f);
    f->result.shared = f->others > 0;
    struct receiver *r = f->receivers, *next;
    go_mutex_unlock(&s->lock_); /* the last look at the table */
    go_waitgroup_done(&f->done);
    for (; r; r = next) {
        go_flight result = take(f);
        next = r->next;
        go_chan_send_(r->chan, &result); /* there is room */
        go_chan_drop_(r->chan);
        free(r);
    }
}

/* A run of f, which may end otherwise than by returning. */
struct run {
    go_singleflight *s;
    struct go_flight_ *f;
};

static void crash_landing(void *arg)
{
    struct run *r = arg;
    r->f->result = (go_flight){ .err = -EOWNERDEAD };
    land(r->s, r->f);
    put(r->f);
}

static void fly(struct run *r, go_flight_func *func, void *arg, enum defer_kind kind)
{
    struct go_defer_ d __attribute__((cleanup(defer_end))); /* an exception lands so too */
    defer_push(this_g(), &d, kind, crash_landing, r);
    r->f->result.err = func(arg, &r->f->result.value);
    (void)defer_pop(this_g(), &d);
    d.run = NULL;
    land(r->s, r->f);
}

/* The goroutine of a flight.  Named as the public face is, so that no trace ends here. */
struct departure {
    struct run run;
    go_flight_func *func;
    void *arg;
};

static void go_flight_run_(void *p)
{
    struct departure *d = p;
    fly(&d->run, d->func, d->arg, DEFER_AT_END);
    put(d->run.f);
}

/* pc: where in the user's code. */
static void launch(const struct departure *d, void *pc)
{
    if (!d->func)
        fatal("go of nil func value");
    struct m *m = rt_enter();
    struct origin from = { (const void *)(uintptr_t)d->func, pc, m->curg->id };
    bool ok = spawn_inside(m, go_flight_run_, d, sizeof *d, from);
    rt_exit(m);
    if (!ok)
        fatal("out of memory (stack for a new goroutine)");
}

/* Join or start, with f in a goroutine of its own.  Returns a flight that the caller
 * has a count of; r, if not NULL, will be served. */
static struct go_flight_ *depart(go_singleflight *s, const char *key, go_flight_func *func,
                                 void *arg, struct receiver *r, void *pc)
{
    bool mine;
    go_mutex_lock(&s->lock_);
    struct go_flight_ *f = board(s, key, &mine);
    if (mine)
        add_relaxed(&f->refs, 1);
    if (r) {
        r->next = f->receivers;
        f->receivers = r;
    }
    go_mutex_unlock(&s->lock_);
    if (mine)
        launch(&(struct departure){ { s, f }, func, arg }, pc);
    return f;
}

/* --- The public calls --------------------------------------------------------- */

go_flight go_singleflight_do(go_singleflight *s, const char *key, go_flight_func *func, void *arg)
{
    bool mine;
    go_mutex_lock(&s->lock_);
    struct go_flight_ *f = board(s, key, &mine);
    go_mutex_unlock(&s->lock_);
    if (mine) {
        struct run r = { s, f };
        fly(&r, func, arg, DEFER_CALL);
    } else {
        go_waitgroup_wait(&f->done);
    }
    go_flight result = take(f);
    put(f);
    return result;
}

static int finish(struct go_flight_ *f, go_flight *result, int err)
{
    if (!err)
        *result = take(f);
    put(f);
    return err;
}

int go_singleflight_do_until(go_singleflight *s, const char *key, go_flight_func *func, void *arg,
                             go_flight *result, int64_t deadline)
{
    struct go_flight_ *f = depart(s, key, func, arg, NULL, __builtin_return_address(0));
    return finish(f, result, go_waitgroup_wait_until(&f->done, deadline));
}

int go_singleflight_do_ctx(go_singleflight *s, const char *key, go_flight_func *func, void *arg,
                           go_flight *result, go_context *ctx)
{
    struct go_flight_ *f = depart(s, key, func, arg, NULL, __builtin_return_address(0));
    return finish(f, result, go_waitgroup_wait_ctx(&f->done, ctx));
}

go_chan(go_flight) go_singleflight_do_chan(go_singleflight *s, const char *key,
                                           go_flight_func *func, void *arg)
{
    struct receiver *r = rt_calloc(1, sizeof *r);
    if (!r)
        fatal("out of memory");
    go_chan(go_flight) c = go_make(go_flight, 1);
    r->chan = go_chan_hold_((struct go_chan_ *)c);
    put(depart(s, key, func, arg, r, __builtin_return_address(0)));
    return c;
}

void go_singleflight_forget(go_singleflight *s, const char *key)
{
    go_mutex_lock(&s->lock_);
    struct go_flight_ *f = find(s, key, hash_of(key));
    if (f)
        unlist(s, f);
    go_mutex_unlock(&s->lock_);
}
