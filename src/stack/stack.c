/* SPDX-License-Identifier: MIT */
#include "stack/stack.h"

#include "arch/sanitize.h"
#include "base/fatal.h"
#include "base/spin.h"
#include "os/mem.h"

#include <string.h>

/* 51 pages usable and 4 of guard: 200 KiB deep recursion fits, and a frame of
 * less than 16 KiB cannot step over (docs/design/stacks.md has the arithmetic). */
enum {
    PAGE = 4096,
    DEFAULT_PAGES = 51,
    GUARD_PAGES = 4,
    COLOURS = 32,
    COLOUR_STEP = 64,
    /* The colour, the goroutine's own record and its first frames come out of
     * the slot; who asks for a size gets all of it. */
    OWN_BYTES = 2 * PAGE,
    GUARD_BATCH_MAX = 128,
};
#define ARENA_FIRST ((size_t)16 << 20)
#define ARENA_MAX   ((size_t)1 << 30)

struct arena {
    char *base;
    size_t slot;      /* immutable */
    uint32_t class;   /* immutable */
    uint32_t nslots;  /* immutable */
    uint32_t used;    /* class lock, atomic for readers: slots [0, used) were given out */
    uint32_t guarded; /* class lock */
};

/* The slots on a list, by their lo.  A stack of pointers in reserved memory. */
struct slots {
    char **at;
    size_t n, cap;
};

/* Invariants, whenever the lock is free:
 *  K1  used <= guarded <= nslots in every arena.
 *  K2  warm.n + cold.n <= slots given out; low <= warm.n.
 * Checked by stack_verify(). */
struct class
{
    struct spin lock;
    size_t usable, slot;     /* immutable after stack_init */
    struct slots warm, cold; /* lock */
    size_t low;              /* lock: least warm.n since the last trim */
    struct arena *arena;     /* lock: the one with FRESH slots */
    size_t next_arena_size;  /* lock */
    uint32_t guard_batch;    /* lock */
    size_t given;            /* lock: slots ever given out */
};

static struct class classes[STACK_CLASSES];
static struct arena arenas[STACK_ARENAS];
static uint32_t narenas; /* atomic: published with release after the entry is written */
static struct spin arenas_lock;

static size_t colour(const char *lo)
{
    return (uintptr_t)lo / PAGE * 7 % COLOURS * COLOUR_STEP;
}

static char *top(const struct class *c, char *lo)
{
    return lo + c->usable - colour(lo);
}

void stack_init(size_t size)
{
    size_t pages = size ? (size + PAGE - 1) / PAGE : DEFAULT_PAGES;
    if ((pages + GUARD_PAGES) % 2 == 0)
        pages++;
    size_t usable = pages * PAGE;
    for (int i = 0; i < STACK_CLASSES; i++) {
        struct class *c = &classes[i];
        c->usable = usable;
        c->slot = usable + GUARD_PAGES * PAGE;
        c->next_arena_size = ARENA_FIRST;
        c->guard_batch = 16;
        size_t next = (size_t)256 << 10;
        while (next + OWN_BYTES <= usable)
            next *= 2;
        usable = next + OWN_BYTES;
    }
}

int stack_class(size_t size)
{
    if (size == 0)
        return 0;
    if (size > SIZE_MAX - OWN_BYTES)
        return -1;
    size += OWN_BYTES;
    for (int i = 0; i < STACK_CLASSES; i++)
        if (classes[i].usable >= size)
            return i;
    return -1;
}

static bool slots_push(struct slots *s, char *lo)
{
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 4 : 512;
        char **at = mem_reserve(cap * sizeof *at);
        if (!at)
            return false;
        if (s->n)
            memcpy(at, s->at, s->n * sizeof *at);
        if (s->at)
            mem_release(s->at, s->cap * sizeof *at);
        s->at = at;
        s->cap = cap;
    }
    s->at[s->n++] = lo;
    return true;
}

static struct arena *arena_new(struct class *c)
{
    size_t size = c->next_arena_size, fit;
    if (size < c->slot)
        size = c->slot;
    fit = size / c->slot;
    char *base = mem_reserve(fit * c->slot);
    if (!base)
        return NULL;
    if (c->next_arena_size < ARENA_MAX)
        c->next_arena_size *= 2;
    spin_lock(&arenas_lock);
    uint32_t n = narenas;
    if (n == STACK_ARENAS) {
        spin_unlock(&arenas_lock);
        mem_release(base, fit * c->slot);
        return NULL;
    }
    arenas[n] = (struct arena){
        .base = base, .slot = c->slot, .class = (uint32_t)(c - classes), .nslots = (uint32_t)fit
    };
    st_release(&narenas, n + 1); /* pairs with arena_of, stack_each_top, stack_each_arena */
    spin_unlock(&arenas_lock);
    return &arenas[n];
}

/* Guard the next batch of FRESH slots of the current arena. */
static void guard_more(struct class *c, struct arena *a)
{
    struct iovec v[GUARD_BATCH_MAX];
    uint32_t n = a->nslots - a->guarded;
    if (n > c->guard_batch)
        n = c->guard_batch;
    for (uint32_t i = 0; i < n; i++) {
        char *slot = a->base + (a->guarded + i) * a->slot;
        v[i] = (struct iovec){ slot, GUARD_PAGES * PAGE };
        stack_announce(slot + GUARD_PAGES * PAGE, slot + a->slot);
    }
    static int said;
    if (mem_guard(v, (int)n) == GUARD_NONE)
        warn_once(&said, "no guard pages left: further stacks overflow unseen");
    a->guarded += n;
    if (c->guard_batch < GUARD_BATCH_MAX)
        c->guard_batch *= 2;
}

static char *take_fresh(struct class *c)
{
    struct arena *a = c->arena;
    if (!a || a->used == a->nslots) {
        a = arena_new(c);
        if (!a)
            return NULL;
        c->arena = a;
    }
    if (a->used == a->guarded)
        guard_more(c, a);
    char *slot = a->base + a->used * a->slot;
    st_relaxed(&a->used, a->used + 1);
    st_relaxed(&c->given, c->given + 1);
    return slot + GUARD_PAGES * PAGE;
}

int stack_alloc(int class, struct stack *out, int n)
{
    struct class *c = &classes[class];
    int got = 0;
    spin_lock(&c->lock);
    for (; got < n; got++) {
        bool warm = c->warm.n > 0;
        char *lo = warm        ? c->warm.at[--c->warm.n]
                   : c->cold.n ? c->cold.at[--c->cold.n]
                               : take_fresh(c);
        if (!lo)
            break;
        out[got] = (struct stack){ lo, top(c, lo), (uint16_t) class, warm };
    }
    if (c->warm.n < c->low)
        c->low = c->warm.n;
    spin_unlock(&c->lock);
    return got;
}

void stack_free(const struct stack *s, int n)
{
    for (int i = 0; i < n; i++) {
        struct class *c = &classes[s[i].class];
        spin_lock(&c->lock);
        if (!slots_push(&c->warm, s[i].lo)) {
            /* No memory for the list: this slot stays unused, its pages go. */
            struct iovec v = { s[i].lo, c->usable };
            mem_drop(&v, 1);
        }
        spin_unlock(&c->lock);
    }
}

/* Takes up to n of the slots at the old end of the warm list, which nobody has
 * wanted since the last trim; those above move down. */
static int take_idle(struct class *c, char **lo, int n)
{
    spin_lock(&c->lock);
    if ((size_t)n > c->low)
        n = (int)c->low;
    if (n) {
        char **above = c->warm.at + c->low, **from = above - n;
        memcpy(lo, from, (size_t)n * sizeof *lo);
        memmove(from, above, (c->warm.n - c->low) * sizeof *lo);
        c->warm.n -= (size_t)n;
        c->low -= (size_t)n;
    }
    spin_unlock(&c->lock);
    return n;
}

static int trim_class(struct class *c)
{
    enum { BATCH = 512 };
    char *lo[BATCH];
    struct iovec v[BATCH];
    int n, total = 0;
    while ((n = take_idle(c, lo, BATCH)) > 0) {
        for (int i = 0; i < n; i++)
            v[i] = (struct iovec){ lo[i], c->usable };
        mem_drop(v, n);
        spin_lock(&c->lock);
        for (int i = 0; i < n; i++)
            if (!slots_push(&c->cold, lo[i]))
                break; /* no memory for the list: the rest stays unused */
        spin_unlock(&c->lock);
        total += n;
    }
    spin_lock(&c->lock);
    c->low = c->warm.n;
    spin_unlock(&c->lock);
    return total;
}

int stack_trim(void)
{
    int total = 0;
    for (int i = 0; i < STACK_CLASSES; i++)
        if (ld_relaxed(&classes[i].given))
            total += trim_class(&classes[i]);
    return total;
}

static char *slot_lo(const struct arena *a, uint32_t i)
{
    return a->base + i * a->slot + GUARD_PAGES * PAGE;
}

struct stack_slot stack_slot_at(uint32_t arena, uint32_t index)
{
    const struct arena *a = &arenas[arena];
    char *lo = slot_lo(a, index);
    return (struct stack_slot){ arena, index, lo, lo + classes[a->class].usable };
}

bool stack_slot_next(struct stack_slot *s)
{
    uint32_t n = ld_acquire(&narenas), k = s->lo ? s->index + 1 : 0;
    for (uint32_t i = s->arena; i < n; i++, k = 0) {
        const struct arena *a = &arenas[i];
        if (a->class != 0 || k >= ld_relaxed(&a->used))
            continue;
        *s = stack_slot_at(i, k);
        return true;
    }
    return false;
}

static const struct arena *arena_of(const char *at)
{
    uint32_t n = ld_acquire(&narenas);
    for (uint32_t i = 0; i < n; i++)
        if (at >= arenas[i].base && at < arenas[i].base + arenas[i].nslots * arenas[i].slot)
            return &arenas[i];
    return NULL;
}

bool stack_slot_of(const void *addr, struct stack_slot *s)
{
    const char *at = addr;
    const struct arena *a = arena_of(at);
    if (!a || a->class != 0)
        return false;
    *s = stack_slot_at((uint32_t)(a - arenas), (uint32_t)((size_t)(at - a->base) / a->slot));
    return at >= s->lo;
}

char *stack_slot_top(const struct stack_slot *s)
{
    return top(&classes[0], s->lo);
}

uint32_t stack_arena_slots(uint32_t arena)
{
    return arenas[arena].nslots;
}

void stack_each_top(void (*visit)(char *lo, char *hi, void *arg), void *arg)
{
    uint32_t n = ld_acquire(&narenas);
    for (uint32_t i = 0; i < n; i++) {
        struct arena *a = &arenas[i];
        uint32_t used = ld_relaxed(&a->used);
        for (uint32_t k = 0; k < used; k++) {
            char *lo = slot_lo(a, k);
            visit(lo, top(&classes[a->class], lo), arg);
        }
    }
}

void stack_each_arena(void (*visit)(char *lo, char *hi, void *arg), void *arg)
{
    uint32_t n = ld_acquire(&narenas);
    for (uint32_t i = 0; i < n; i++)
        visit(arenas[i].base, arenas[i].base + arenas[i].nslots * arenas[i].slot, arg);
}

char *stack_guard_top(const void *addr)
{
    const char *at = addr;
    const struct arena *a = arena_of(at);
    if (!a)
        return NULL;
    char *lo = slot_lo(a, (uint32_t)((size_t)(at - a->base) / a->slot));
    return at < lo ? top(&classes[a->class], lo) : NULL;
}

void stack_verify(void)
{
    for (int i = 0; i < STACK_CLASSES; i++) {
        struct class *c = &classes[i];
        spin_lock(&c->lock);
        ensure(c->warm.n + c->cold.n <= c->given && c->low <= c->warm.n); /* K2 */
        if (c->arena)
            ensure(c->arena->used <= c->arena->guarded && /* K1 */
                   c->arena->guarded <= c->arena->nslots);
        spin_unlock(&c->lock);
    }
}
