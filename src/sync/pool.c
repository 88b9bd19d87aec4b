/* SPDX-License-Identifier: MIT */
/* go_pool: a cell for each P, and a depot that they share.
 *
 * A cell belongs to its P: whoever is inside the runtime with that P uses it by plain
 * loads and stores, newest item first.  A full cell brings a batch of its oldest items to
 * the depot, an empty one fetches a batch from there: one lock for BATCH_ITEMS items when
 * one P puts what another gets.  Threads without a P use the depot alone.
 *
 * Seizing: another may use the cell while its owner is kept out.  It is rare, so it costs
 * the owner nothing:
 *
 *   owner:   in = 1;  read seized: if set, in = 0 and do without the cell
 *   seizer:  seized = 1;  membarrier;  wait until in == 0;  use it;  seized = 0
 *
 * Z1: membarrier is a full fence on every thread.  So the owner sees seized, or the seizer
 * sees in.  It pairs with the compiler-only order in cell_open.  What each of them did is
 * seen by the next: in and seized are released with 0, and read with acquire.
 * There is one seizer at a time, by the lock seizing, and it is outside the runtime: the
 * system call takes as long as it takes, and the lock is only ever tried there.
 *
 * A get that finds nothing in its own cell nor in the depot steals half of the fullest
 * cell, unless somebody just has.
 *
 * Ageing, as with Go's victim cache: at the end of a period what is in old is dropped, and
 * recent becomes old.  Items come and go at the young end, so what is dropped lay untouched
 * for one to two periods.  A cell that its owner did not use for a period is emptied.
 * Whoever uses a pool looks now and then whether a period has passed; destroy runs there,
 * outside the runtime and with no lock held.
 *
 * Memory is allocated and freed outside the runtime only.  Cells are never moved nor freed
 * before go_pool_end; batches are, by who has taken them from the depot.
 *
 * Invariants, whenever nobody is in the cell, or the lock is free:
 *  P1  n <= CELL_ITEMS; no item below n is NULL.
 *  P2  a batch in recent or old has 1 to BATCH_ITEMS items, one in spare none.
 *  P3  an item is in one place: a cell, a batch, or on the stack of who moves it.
 * P1 and P2 are checked by pool_verify(), P3 by counting in the tests. */
#include "sync/pool.h"

#include "base/pause.h"
#include "base/alloc.h"
#include "os/clock.h"
#include "os/membarrier.h"
#include "sched/chaos.h"
#include "sched/entry.h"

#include <goroutine/go.h>
#include <string.h>
#include <time.h>

/* A period; how often to look for its end, in operations of one P; how often at most to
 * steal, which has every CPU run a fence; how to wait for an owner. */
enum { LOOK_TURNS = 64, SPIN_ROUNDS = 100, WAIT_NS = 20000 };
#define AGE_NS   INT64_C(1000000000)
#define STEAL_NS INT64_C(50000)

/* Cells */

static inline struct cell *cell_of(struct go_pool_ *o, uint32_t index)
{
    uint32_t i = index + 1, k = 31 - (uint32_t)__builtin_clz(i);
    struct cell *chunk = ld_acquire(&o->chunk[k]); /* pairs with chunk_add */
    return chunk ? &chunk[i - (1u << k)] : NULL;
}

/* cell_open - the cell of our P, or NULL: none, or it is seized.  Inside the runtime. */
static inline struct cell *cell_open(struct go_pool_ *o, struct m *m)
{
    struct cell *c = likely(m->p != NULL) ? cell_of(o, m->p->index) : NULL;
    if (unlikely(!c))
        return NULL;
    st_relaxed(&c->in, 1u);
    compiler_barrier(); /* Z1 */
    if (likely(!ld_acquire(&c->seized)))
        return c;
    st_release(&c->in, 0u);
    return NULL;
}

static inline void cell_close(struct cell *c)
{
    st_release(&c->in, 0u); /* Z1 */
}

static inline void cell_push(struct cell *c, void *item)
{
    c->item[c->n] = item;
    st_relaxed(&c->n, c->n + 1);
}

static inline void *cell_pop(struct cell *c)
{
    st_relaxed(&c->n, c->n - 1);
    return c->item[c->n];
}

/* The oldest n. */
static void cell_shift(struct cell *c, void **to, uint32_t n)
{
    memcpy(to, c->item, n * sizeof *to);
    memmove(c->item, c->item + n, (c->n - n) * sizeof *to);
    st_relaxed(&c->n, c->n - n);
}

/* True if it is time to look whether a period has passed. */
static inline bool cell_turn(struct cell *c)
{
    uint32_t turn = c->turn + 1;
    st_relaxed(&c->turn, turn);
    return turn % LOOK_TURNS == 0;
}

/* The owner is inside for tens of instructions, or was descheduled there. */
static void wait_outside(struct cell *c)
{
    int saved = errno;
    for (int round = 0; ld_acquire(&c->in); round++) {
        if (round < SPIN_ROUNDS)
            cpu_relax();
        else
            pause_ns(WAIT_NS);
    }
    errno = saved;
}

/* Holds seizing.  Takes the oldest items, up to max. */
static uint32_t cell_seize(struct cell *c, void **to, uint32_t max)
{
    st_seq(&c->seized, 1u);
    membarrier_all(); /* Z1 */
    wait_outside(c);
    uint32_t n = c->n < max ? c->n : max;
    cell_shift(c, to, n);
    st_release(&c->seized, 0u); /* Z1 */
    return n;
}

static bool chunk_add(struct go_pool_ *o, uint32_t index)
{
    uint32_t k = 31 - (uint32_t)__builtin_clz(index + 1);
    size_t size = sizeof(struct cell) << k;
    struct cell *chunk = NULL, *none = NULL;
    if (fault(FAIL_MALLOC) || posix_memalign((void **)&chunk, CACHE_LINE, size) != 0)
        return false;
    memset(chunk, 0, size);
    /* Release: pairs with cell_of. */
    if (!__atomic_compare_exchange_n(&o->chunk[k], &none, chunk, 0, __ATOMIC_RELEASE,
                                     __ATOMIC_RELAXED))
        free(chunk);
    return true;
}

/* The depot: o->lock is held. */

static struct batch *unlink_first(struct batch **list)
{
    struct batch *b = *list;
    if (b)
        *list = b->next;
    return b;
}

static void link_first(struct batch **list, struct batch *b)
{
    b->next = *list;
    *list = b;
}

static struct batch **youngest(struct go_pool_ *o)
{
    return o->recent ? &o->recent : &o->old;
}

/* One item, and what came with it into the cell, if there is one. */
static void *depot_get(struct go_pool_ *o, struct cell *c)
{
    struct batch **list = youngest(o), *b = *list;
    if (!b)
        return NULL;
    void *x = b->item[--b->n];
    if (c && b->n) {
        memcpy(c->item, b->item, b->n * sizeof(void *));
        st_relaxed(&c->n, b->n);
        b->n = 0;
    }
    if (b->n == 0)
        link_first(&o->spare, unlink_first(list));
    return x;
}

/* An empty batch, first in recent, for who fills it now; or NULL.  *fresh is one more, of
 * the caller, or NULL. */
static struct batch *depot_batch(struct go_pool_ *o, struct batch **fresh)
{
    struct batch *b = unlink_first(&o->spare);
    if (!b) {
        b = *fresh;
        *fresh = NULL;
    }
    if (b)
        link_first(&o->recent, b);
    return b;
}

static bool depot_put(struct go_pool_ *o, void *item, struct batch **fresh)
{
    struct batch *b = o->recent;
    if (!b || b->n == BATCH_ITEMS)
        b = depot_batch(o, fresh);
    if (b)
        b->item[b->n++] = item;
    return b != NULL;
}

/* Room in a full cell. */
static bool depot_relieve(struct go_pool_ *o, struct cell *c, struct batch **fresh)
{
    struct batch *b = depot_batch(o, fresh);
    if (b) {
        cell_shift(c, b->item, BATCH_ITEMS);
        b->n = BATCH_ITEMS;
    }
    return b != NULL;
}

/* Dropping: outside the runtime. */

static void drop(go_pool *pool, void *const *items, uint32_t n)
{
    for (uint32_t i = 0; pool->destroy && i < n; i++)
        pool->destroy(items[i]);
}

static void drop_batches(go_pool *pool, struct batch *b)
{
    for (struct batch *next; b; b = next) {
        next = b->next;
        drop(pool, b->item, b->n);
        free(b);
    }
}

static bool seize_idle(struct go_pool_ *o, struct cell *c, void **items, uint32_t *n)
{
    if (!spin_try_lock(&o->seizing))
        return false;
    uint32_t turn = ld_relaxed(&c->turn);
    *n = turn == c->seen && ld_relaxed(&c->n) ? cell_seize(c, items, CELL_ITEMS) : 0;
    c->seen = turn;
    spin_unlock(&o->seizing);
    return true;
}

static bool seize_any(struct go_pool_ *o, struct cell *c, void **items, uint32_t *n)
{
    while (!spin_try_lock(&o->seizing))
        go_yield();
    *n = cell_seize(c, items, CELL_ITEMS);
    spin_unlock(&o->seizing);
    return true;
}

/* Empty the cells that seize takes, one by one. */
static void drop_cells(go_pool *pool,
                       bool (*seize)(struct go_pool_ *, struct cell *, void **, uint32_t *))
{
    struct go_pool_ *o = ld_acquire(&pool->impl_);
    void *items[CELL_ITEMS];
    uint32_t n;
    for (uint32_t i = 0; i < ld_acquire(&sched.nallp); i++) {
        struct cell *c = cell_of(o, i);
        if (c && seize(o, c, items, &n))
            drop(pool, items, n);
    }
}

void pool_age(go_pool *pool)
{
    struct go_pool_ *o = ld_acquire(&pool->impl_);
    if (!o || !pool->destroy)
        return;
    spin_lock(&o->lock);
    struct batch *old = o->old, *spare = o->spare;
    o->old = o->recent;
    o->recent = o->spare = NULL;
    spin_unlock(&o->lock);
    drop_batches(pool, spare);
    drop_batches(pool, old);
    drop_cells(pool, seize_idle);
}

static void age_if_due(go_pool *pool, struct go_pool_ *o)
{
    int64_t now = ld_relaxed(&sched.now_coarse), due = ld_relaxed(&o->next_age);
    if (now >= due && cas(&o->next_age, due, now + AGE_NS))
        pool_age(pool);
}

/* Get */

static void *fetch(struct go_pool_ *o)
{
    struct m *m = rt_enter();
    struct cell *c = cell_open(o, m);
    void *x = c && c->n ? cell_pop(c) : NULL; /* we may be on another P by now */
    if (!x) {
        spin_lock(&o->lock);
        x = depot_get(o, c);
        spin_unlock(&o->lock);
    }
    if (c)
        cell_close(c);
    rt_exit(m);
    return x;
}

static struct cell *fullest(struct go_pool_ *o)
{
    struct cell *best = NULL;
    uint32_t most = 0;
    for (uint32_t i = 0; i < ld_acquire(&sched.nallp); i++) {
        struct cell *c = cell_of(o, i);
        if (c && ld_relaxed(&c->n) > most) {
            most = ld_relaxed(&c->n);
            best = c;
        }
    }
    return best;
}

void *pool_steal(go_pool *pool)
{
    struct go_pool_ *o = ld_acquire(&pool->impl_);
    struct cell *c = fullest(o);
    void *items[BATCH_ITEMS];
    if (!c || !spin_try_lock(&o->seizing))
        return NULL;
    uint32_t half = (ld_relaxed(&c->n) + 1) / 2;
    uint32_t n = cell_seize(c, items, half < BATCH_ITEMS ? half : BATCH_ITEMS);
    spin_unlock(&o->seizing);
    for (uint32_t i = 0; i + 1 < n; i++)
        go_pool_put(pool, items[i]);
    return n ? items[n - 1] : NULL;
}

static void *steal_if_due(go_pool *pool, struct go_pool_ *o)
{
    int64_t now = clock_now();
    if (now < ld_relaxed(&o->next_steal) && !chaos_on)
        return NULL;
    st_relaxed(&o->next_steal, now + STEAL_NS);
    return pool_steal(pool);
}

static never_inline void *get_slow(go_pool *pool)
{
    struct go_pool_ *o = ld_acquire(&pool->impl_);
    void *x = NULL;
    if (o) {
        x = fetch(o);
        age_if_due(pool, o);
        if (!x)
            x = steal_if_due(pool, o);
    }
    return !x && pool->make ? pool->make(pool->arg) : x;
}

void *go_pool_get(go_pool *pool)
{
    struct go_pool_ *o = ld_acquire(&pool->impl_); /* pairs with begin */
    void *x = NULL;
    bool look = false;
    if (likely(o != NULL)) {
        struct m *m = rt_enter();
        struct cell *c = cell_open(o, m);
        if (likely(c && c->n)) {
            look = cell_turn(c);
            x = cell_pop(c);
        }
        if (c)
            cell_close(c);
        rt_exit(m);
    }
    if (unlikely(look))
        age_if_due(pool, o);
    return likely(x != NULL) ? x : get_slow(pool);
}

/* Put */

static struct go_pool_ *begin(go_pool *pool)
{
    struct go_pool_ *o = rt_calloc(1, sizeof *o), *none = NULL;
    if (!o)
        return NULL;
    o->next_age = clock_now() + AGE_NS;
    /* Release: pairs with the acquire of who finds it. */
    if (__atomic_compare_exchange_n(&pool->impl_, &none, o, 0, __ATOMIC_RELEASE, __ATOMIC_ACQUIRE))
        return o;
    free(o);
    return none;
}

/* An item, and what to do before the next try to place it. */
struct placing {
    void *item;
    struct batch *fresh;
    bool without_cell;
    enum { PLACED, NEED_CELL, NEED_BATCH } outcome;
    uint32_t index; /* NEED_CELL: of this P */
};

static bool stow(struct go_pool_ *o, struct cell *c, struct placing *a)
{
    bool room = c && c->n < CELL_ITEMS;
    if (!room) {
        spin_lock(&o->lock);
        room = c ? depot_relieve(o, c, &a->fresh) : depot_put(o, a->item, &a->fresh);
        spin_unlock(&o->lock);
    }
    if (room && c)
        cell_push(c, a->item);
    return room;
}

static void place(struct go_pool_ *o, struct placing *a)
{
    struct m *m = rt_enter();
    if (m->p && !a->without_cell && !cell_of(o, m->p->index)) {
        a->outcome = NEED_CELL;
        a->index = m->p->index;
    } else {
        struct cell *c = cell_open(o, m);
        a->outcome = stow(o, c, a) ? PLACED : NEED_BATCH;
        if (c)
            cell_close(c);
    }
    rt_exit(m);
}

static never_inline void put_slow(go_pool *pool, void *item)
{
    struct go_pool_ *o = ld_acquire(&pool->impl_);
    struct placing a = { .item = item, .outcome = NEED_BATCH };
    if (!o && !(o = begin(pool))) {
        drop(pool, &item, 1);
        return;
    }
    for (;;) {
        place(o, &a);
        if (a.outcome == PLACED)
            break;
        if (a.outcome == NEED_CELL)
            a.without_cell = !chunk_add(o, a.index);
        else if (!(a.fresh = rt_calloc(1, sizeof *a.fresh)))
            break;
    }
    free(a.fresh);
    if (a.outcome != PLACED)
        drop(pool, &item, 1);
    age_if_due(pool, o);
}

void go_pool_put(go_pool *pool, void *item)
{
    struct go_pool_ *o = ld_acquire(&pool->impl_); /* pairs with begin */
    bool done = false, look = false;
    if (unlikely(!item))
        return;
    if (likely(o != NULL)) {
        struct m *m = rt_enter();
        struct cell *c = cell_open(o, m);
        if (likely(c && c->n < CELL_ITEMS)) {
            look = cell_turn(c);
            cell_push(c, item);
            done = true;
        }
        if (c)
            cell_close(c);
        rt_exit(m);
    }
    if (unlikely(look))
        age_if_due(pool, o);
    if (unlikely(!done))
        put_slow(pool, item);
}

/* The end */

void go_pool_clear(go_pool *pool)
{
    struct go_pool_ *o = ld_acquire(&pool->impl_);
    if (!o)
        return;
    spin_lock(&o->lock);
    struct batch *recent = o->recent, *old = o->old, *spare = o->spare;
    o->recent = o->old = o->spare = NULL;
    spin_unlock(&o->lock);
    drop_batches(pool, recent);
    drop_batches(pool, old);
    drop_batches(pool, spare);
    drop_cells(pool, seize_any);
}

void go_pool_end(go_pool *pool)
{
    go_pool_clear(pool);
    struct go_pool_ *o = ld_acquire(&pool->impl_);
    if (!o)
        return;
    for (uint32_t k = 0; k < CELL_CHUNKS; k++)
        free(o->chunk[k]);
    free(o);
    st_release(&pool->impl_, NULL);
}

/* Verify */

static size_t verify_batches(const struct batch *b, uint32_t least, uint32_t most)
{
    size_t total = 0;
    for (; b; b = b->next) {
        ensure(b->n >= least && b->n <= most); /* P2 */
        for (uint32_t i = 0; i < b->n; i++)
            ensure(b->item[i]); /* P1 */
        total += b->n;
    }
    return total;
}

/* Seized for a moment, and nothing taken. */
static size_t verify_cell(struct go_pool_ *o, struct cell *c)
{
    while (!spin_try_lock(&o->seizing))
        go_yield();
    st_seq(&c->seized, 1u);
    membarrier_all(); /* Z1 */
    wait_outside(c);
    uint32_t n = c->n;
    ensure(n <= CELL_ITEMS); /* P1 */
    for (uint32_t i = 0; i < n; i++)
        ensure(c->item[i]); /* P1 */
    st_release(&c->seized, 0u);
    spin_unlock(&o->seizing);
    return n;
}

size_t pool_verify(go_pool *pool)
{
    struct go_pool_ *o = ld_acquire(&pool->impl_);
    if (!o)
        return 0;
    spin_lock(&o->lock);
    size_t total = verify_batches(o->recent, 1, BATCH_ITEMS);
    total += verify_batches(o->old, 1, BATCH_ITEMS);
    verify_batches(o->spare, 0, 0);
    spin_unlock(&o->lock);
    for (uint32_t i = 0; i < ld_acquire(&sched.nallp); i++) {
        struct cell *c = cell_of(o, i);
        if (c)
            total += verify_cell(o, c);
    }
    return total;
}
