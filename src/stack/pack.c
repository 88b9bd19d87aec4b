/* SPDX-License-Identifier: MIT */
#include "stack/pack.h"

#include "base/atomic.h"
#include "base/fatal.h"
#include "base/pause.h"
#include "os/futex.h"
#include "os/mem.h"
#include "os/task.h"
#include "os/uffd.h"
#include "stack/shelf.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>

/* A stack with more live pages than PAGES_MAX is left alone; so is one whose parcel
 * would save less than a quarter of its pages.  WATCHED: slots that are watched
 * together.  AHEAD: stacks of one neighbourhood that are brought back together, when
 * touch follows touch there. */
enum {
    PAGE = 4096,
    PAGES_MAX = 4,
    WORDS_MAX = PAGES_MAX * PAGE / 8,
    WATCHED = 64,
    AHEAD_MAX = 32,
    FAULTS = 16,
    RETRY_NS = 1000000,
};

/* The words that are not 0 of the `words` words from `below` bytes under the slot's end
 * upward: a bit for each, then those. */
struct parcel {
    uint32_t below;
    uint16_t words;
    uint16_t pages; /* from the slot's end, all of them missing */
    uint64_t data[];
};

/* What there is of an arena: a parcel or NULL for each slot, and whether each WATCHED
 * of them are watched.  Both only ever written under the lock; at: [atomic] for hints. */
struct shelf_of_arena {
    struct parcel **at;
    uint8_t *watched;
};

/* One cell for each stack of a batch; the slot's last page is the cell's. */
struct frozen {
    struct stack_slot slot;
    char *from, *to; /* live */
    uint16_t pages;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct shelf_of_arena shelves[STACK_ARENAS];
static char *stage;
static struct frozen frozen[PACK_BATCH];
static int nfrozen;
static struct pack_counts counts; /* lock */
static int forking;               /* lock: nothing is frozen, and no parcel is made */

static _Alignas(PAGE) char scratch[PAGES_MAX * PAGE]; /* lock */
static _Alignas(PAGE) const char zeros[PAGE];

/* What needs the descriptor is done by the one thread that has it, one job at a time. */
static struct aside {
    pthread_mutex_t one; /* who gives a job */
    uint32_t state;      /* futex: JOB_NONE..JOB_DONE */
    void (*f)(void *);
    void *arg;
} aside = { .one = PTHREAD_MUTEX_INITIALIZER };
enum { JOB_NONE, JOB_GIVEN, JOB_DONE };

static char *cell_end(int i)
{
    return stage + (size_t)(i + 1) * PAGES_MAX * PAGE;
}

/* --- Parcels ------------------------------------------------------------------ */

static size_t bitmap_words(size_t words)
{
    return (words + 63) / 64;
}

/* Packs the words at from into p->data; how many words it took. */
static size_t squeeze(struct parcel *p, const uint64_t *from)
{
    size_t map = bitmap_words(p->words), n = map;
    memset(p->data, 0, map * sizeof *p->data);
    for (size_t i = 0; i < p->words; i++)
        if (from[i]) {
            p->data[i / 64] |= UINT64_C(1) << i % 64;
            p->data[n++] = from[i];
        }
    return n;
}

/* Into memory that is all 0 and ends where the slot does. */
static void spread(const struct parcel *p, char *end)
{
    uint64_t *to = (void *)(end - p->below);
    const uint64_t *next = p->data + bitmap_words(p->words);
    for (size_t i = 0; i < p->words; i += 64)
        for (uint64_t bits = p->data[i / 64]; bits; bits &= bits - 1)
            to[i + (size_t)__builtin_ctzll(bits)] = *next++;
}

static struct parcel *parcel_make(const struct frozen *f, const char *copy_end)
{
    static _Alignas(8) char room[sizeof(struct parcel) + 8 * (WORDS_MAX + WORDS_MAX / 64)];
    struct parcel *p = (void *)room;
    p->below = (uint32_t)(f->slot.end - f->from);
    p->words = (uint16_t)((f->to - f->from) / 8);
    p->pages = f->pages;
    size_t size = sizeof *p + 8 * squeeze(p, (const void *)(copy_end - p->below));
    if (size > SHELF_PIECE_MAX || size > (size_t)f->pages * PAGE / 4 * 3)
        return NULL;
    struct parcel *kept = shelf_take(size);
    if (kept)
        memcpy(kept, p, size);
    return kept;
}

/* --- Bringing back ------------------------------------------------------------- */

static struct parcel **place(const struct stack_slot *s)
{
    struct parcel **at = shelves[s->arena].at;
    return at ? &at[s->index] : NULL;
}

/* The kernel has no page for us, or is busy.  There is nobody to tell: who faulted
 * waits, as it would for a page of its own. */
static void fill(char *at, const void *from, size_t size)
{
    int err;
    while ((err = uffd_fill(at, from, size)) == -ENOMEM)
        pause_ns(RETRY_NS);
    ensure(err == 0);
}

static void unpack(const struct stack_slot *s)
{
    struct parcel **at = place(s), *p = *at;
    size_t size = (size_t)p->pages * PAGE;
    memset(scratch, 0, size);
    spread(p, scratch + size);
    fill(s->end - size, scratch, size);
    st_relaxed(at, NULL);
    shelf_give(p);
    counts.unpacked++;
    counts.now--;
}

/* Pages of the cell, from its end, go back to the stack. */
static void put_back(int cell)
{
    struct frozen *f = &frozen[cell];
    char *copy_end = cell_end(cell);
    for (int i = 1; i <= f->pages; i++) {
        char *to = f->slot.end - i * PAGE, *from = copy_end - i * PAGE;
        if (uffd_move(to, from, PAGE) != 0)
            fill(to, from, PAGE);
    }
    f->pages = 0;
    counts.refused++;
}

/* The cell of a frozen stack, or -1. */
static int cell_of(const struct stack_slot *s)
{
    for (int i = 0; i < nfrozen; i++)
        if (frozen[i].pages && frozen[i].slot.lo == s->lo)
            return i;
    return -1;
}

/* A touch of a page that was never there, or was given back; or somebody else's touch
 * has brought it back by now. */
static void supply_zeros(char *page, bool write)
{
    int err = write ? uffd_fill(page, zeros, PAGE) : uffd_zero(page, PAGE);
    if (err != 0)
        uffd_wake(page, PAGE); /* it is there, or it is tried again */
    else
        counts.zeroed++;
}

/* The waiters of one channel came in an order that is nearly that of their stacks, and
 * are woken in that order: where touch follows touch, the next stacks come too. */
static void unpack_ahead(const struct stack_slot *s)
{
    static struct stack_slot last;
    static uint32_t ahead;
    bool up = s->index > last.index;
    uint32_t apart = up ? s->index - last.index : last.index - s->index;
    bool near = s->arena == last.arena && apart <= 2 * AHEAD_MAX;
    ahead = !near ? 0 : ahead >= AHEAD_MAX / 2 ? AHEAD_MAX : 2 * ahead + 1;
    last = *s;
    uint32_t n = stack_arena_slots(s->arena);
    for (uint32_t i = 1, k = s->index; i <= ahead; i++) {
        k += up ? 1u : -1u;
        if (k >= n)
            break;
        struct stack_slot next = stack_slot_at(s->arena, k);
        if (*place(&next))
            unpack(&next);
    }
}

static void serve(const struct uffd_fault *f)
{
    struct stack_slot s;
    bool ours = stack_slot_of(f->at, &s);
    ensure(ours);
    struct parcel **at = place(&s);
    int cell = cell_of(&s);
    if (cell >= 0) {
        put_back(cell);
    } else if (at && *at) {
        counts.touched++;
        unpack(&s);
        unpack_ahead(&s);
    } else {
        supply_zeros((char *)((uintptr_t)f->at & ~(uintptr_t)(PAGE - 1)), f->write);
    }
}

/* Waits for the job: who gives one holds no lock that P4 speaks of. */
static void do_aside(void (*f)(void *), void *arg)
{
    pthread_mutex_lock(&aside.one);
    aside.f = f;
    aside.arg = arg;
    st_release(&aside.state, (uint32_t)JOB_GIVEN); /* pairs with jobs */
    futex_wake(&aside.state, 1);
    while (ld_acquire(&aside.state) != JOB_DONE) /* pairs with jobs */
        futex_wait(&aside.state, JOB_GIVEN, INT64_MAX);
    st_relaxed(&aside.state, (uint32_t)JOB_NONE);
    pthread_mutex_unlock(&aside.one);
}

static void jobs(void)
{
    for (;;) {
        uint32_t now;
        while ((now = ld_acquire(&aside.state)) != JOB_GIVEN) /* pairs with do_aside */
            futex_wait(&aside.state, now, INT64_MAX);
        pthread_mutex_lock(&lock);
        aside.f(aside.arg);
        pthread_mutex_unlock(&lock);
        st_release(&aside.state, (uint32_t)JOB_DONE); /* pairs with do_aside */
        futex_wake(&aside.state, INT32_MAX);
    }
}

static void *handler_main(void *arg)
{
    sigset_t all;
    (void)arg;
    sigfillset(&all); /* a handler of the program might touch a stack (P4) */
    pthread_sigmask(SIG_SETMASK, &all, NULL);
    prctl(PR_SET_NAME, "go-unpack", 0, 0, 0);
    for (;;) {
        struct uffd_fault f[FAULTS];
        int n = uffd_next(f, FAULTS);
        pthread_mutex_lock(&lock);
        for (int i = 0; i < n; i++)
            serve(&f[i]);
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

/* --- Packing ------------------------------------------------------------------- */

bool pack_is_packed(const struct stack_slot *s)
{
    struct parcel **at = ld_acquire(&shelves[s->arena].at); /* pairs with shelf_make */
    return at && ld_relaxed(&at[s->index]);
}

static bool shelf_make(uint32_t arena)
{
    struct shelf_of_arena *a = &shelves[arena];
    uint32_t n = stack_arena_slots(arena);
    if (a->at)
        return true;
    char *p = mem_reserve(n * sizeof *a->at + n / WATCHED + 1);
    if (!p)
        return false;
    a->watched = (uint8_t *)p + n * sizeof *a->at;
    st_release(&a->at, (struct parcel **)(void *)p); /* pairs with who looks for a parcel */
    return true;
}

/* Guards in between stay guards.  From the end of the slot before, so that the kernel
 * makes one mapping of neighbours. */
static bool watch_around(const struct stack_slot *s)
{
    uint32_t n = stack_arena_slots(s->arena), first = s->index / WATCHED * WATCHED;
    uint32_t last = first + WATCHED < n ? first + WATCHED - 1 : n - 1;
    char *lo = first ? stack_slot_at(s->arena, first - 1).end : stack_slot_at(s->arena, 0).lo;
    char *hi = stack_slot_at(s->arena, last).end;
    return uffd_watch(lo, (size_t)(hi - lo)) == 0;
}

static void watch(void *arg)
{
    const struct stack_slot *s = arg;
    if (shelf_make(s->arena))
        st_relaxed(&shelves[s->arena].watched[s->index / WATCHED], watch_around(s));
}

static bool is_watched(const struct stack_slot *s)
{
    struct parcel **at = ld_acquire(&shelves[s->arena].at); /* pairs with shelf_make */
    return at && ld_relaxed(&shelves[s->arena].watched[s->index / WATCHED]);
}

bool pack_watch(const struct stack_slot *s)
{
    struct stack_slot own = *s; /* s may be on a stack that the thread aside must not touch */
    if (!is_watched(s))
        do_aside(watch, &own);
    return is_watched(s);
}

static void freeze(const struct stack_slot *s, pack_keeps *keeps)
{
    struct frozen *f = &frozen[nfrozen];
    char *copy_end = cell_end(nfrozen);
    ensure(nfrozen < PACK_BATCH && !*place(s));
    if (uffd_move(copy_end - PAGE, s->end - PAGE, PAGE) != 0)
        return;
    *f = (struct frozen){ .slot = *s, .pages = 1 };
    bool worth = keeps(s, copy_end, &f->from, &f->to) && s->end - f->from <= PAGES_MAX * PAGE;
    for (; worth && s->end - f->from > f->pages * PAGE; f->pages++) {
        ptrdiff_t below = (f->pages + 1) * PAGE;
        if (uffd_move(copy_end - below, s->end - below, PAGE) != 0)
            break;
    }
    if (worth && s->end - f->from <= f->pages * PAGE)
        nfrozen++;
    else
        put_back(nfrozen);
}

struct freezing {
    const struct stack_slot *slots;
    int n;
    pack_keeps *keeps;
};

static void freeze_all(void *arg)
{
    const struct freezing *f = arg;
    for (int i = 0; i < f->n && !forking; i++)
        freeze(&f->slots[i], f->keeps);
}

void pack_freeze(const struct stack_slot *s, int n, pack_keeps *keeps)
{
    do_aside(freeze_all, &(struct freezing){ s, n, keeps });
}

/* What lies below the live bytes is dropped, too: nobody may know of it.  One call for
 * each: the descriptor that many ranges at once take is the program's. */
static void shelve_all(void *packed)
{
    int n = 0;
    for (int i = 0; i < nfrozen; i++) {
        const struct frozen *f = &frozen[i];
        struct parcel *p = f->pages ? parcel_make(f, cell_end(i)) : NULL;
        if (f->pages && !p)
            put_back(i);
        if (!p)
            continue;
        st_relaxed(place(&f->slot), p);
        struct iovec below = { f->slot.lo, (size_t)(f->slot.end - f->slot.lo - f->pages * PAGE) };
        mem_drop(&below, 1);
        n++;
    }
    mem_drop(&(struct iovec){ stage, (size_t)nfrozen * PAGES_MAX * PAGE }, 1);
    nfrozen = 0;
    counts.packed += (uint64_t)n;
    counts.now += (uint64_t)n;
    *(int *)packed = n;
}

int pack_shelve(void)
{
    int n;
    do_aside(shelve_all, &n);
    return n;
}

struct pack_counts pack_counts(void)
{
    pthread_mutex_lock(&lock);
    struct pack_counts c = counts;
    c.bytes = shelf_bytes();
    pthread_mutex_unlock(&lock);
    return c;
}

/* --- Start, and fork ------------------------------------------------------------ */

static void thaw_all(void *arg)
{
    (void)arg;
    forking++;
    for (int i = 0; i < nfrozen; i++)
        if (frozen[i].pages)
            put_back(i);
}

/* No lock is kept meanwhile: fork waits for locks of libc and of the program, whose
 * holders may fault (P4).  What the handler does meanwhile does no harm: the kernel lets
 * it bring no page while it copies the memory, and no parcel is overwritten by another. */
static void before_fork(void)
{
    do_aside(thaw_all, NULL);
}

static void in_parent(void)
{
    pthread_mutex_lock(&lock);
    forking--;
    pthread_mutex_unlock(&lock);
}

static bool is_there(char *page)
{
    unsigned char there = 0;
    return mincore(page, PAGE, &there) == 0 && there & 1;
}

/* Nobody watches the child's copy, and nobody else runs in it: all stacks come back,
 * for there may be pointers to any of them.  A page that is there came back before. */
static void in_child(void)
{
    for (struct stack_slot s = { 0 }; stack_slot_next(&s);) {
        struct parcel *p = pack_is_packed(&s) ? *place(&s) : NULL;
        if (!p)
            continue;
        memset(scratch, 0, sizeof scratch);
        spread(p, scratch + sizeof scratch);
        for (int i = 1; i <= p->pages; i++)
            if (!is_there(s.end - i * PAGE))
                memcpy(s.end - i * PAGE, scratch + sizeof scratch - i * PAGE, PAGE);
    }
}

static bool refuse(const char *why)
{
    static int said;
    warn_once(&said, "stacks are not packed: %s", why);
    return false;
}

/* What it takes is known to be there; without memory nothing is packed. */
static void *aside_main(void *arg)
{
    size_t size = (size_t)PACK_BATCH * PAGES_MAX * PAGE;
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, NULL);
    prctl(PR_SET_NAME, "go-pack-aside", 0, 0, 0);
    if (!task_own_files() || uffd_open() != 0 || uffd_watch(stage, size) != 0 ||
        task_start(handler_main, NULL) != 0)
        forking++; /* for good: nothing is frozen */
    (void)arg;
    jobs();
    return NULL;
}

bool pack_start(void)
{
    int err = uffd_open();
    if (err == -EPERM || err == -EACCES)
        return refuse("userfaultfd is for root, or who may open /dev/userfaultfd");
    if (err != 0)
        return refuse("userfaultfd cannot move pages (Linux 6.8)");
    uffd_close();
    stage = mem_reserve((size_t)PACK_BATCH * PAGES_MAX * PAGE);
    if (!stage || task_start(aside_main, NULL) != 0 ||
        pthread_atfork(before_fork, in_parent, in_child) != 0)
        return refuse("out of memory");
    return true;
}
