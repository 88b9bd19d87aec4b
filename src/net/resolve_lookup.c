/* SPDX-License-Identifier: MIT */
/* Questions to the system's resolver, which may take its time.
 *
 * getaddrinfo blocks its thread.  It is called by goroutines of the library's own, the
 * askers, each inside go_block; who wants the answer parks, and may give up.
 *
 * States of a lookup, and who moves it:
 *   QUEUED -> ASKED    an asker that has become free, or who made it, if one may be
 *                      started: then it was never in the queue
 *   QUEUED -> gone     the last who waited gave up: nobody is asked for nothing
 *   ASKED  -> ANSWERED its asker: it is not listed any more, all who wait are woken
 * A lookup that is asked goes on when nobody waits any more: there is no way to stop it.
 * It stays listed, so that who tries again joins it and a name server that is slow is not
 * asked twice.
 *
 * Invariants, whenever the lock is free:
 *  N1  listed <=> QUEUED or ASKED; no two of the same question are.
 *  N2  something is QUEUED => limit askers are running, or one is about to be started.
 *  N3  refs: who waits, and the asker while it is ASKED.
 * No wake-up is lost: each asker takes the next of the queue, or counts itself out, under
 * the lock that was held to queue.
 */
#include "net/resolve.h"

#include "base/alloc.h"
#include "sched/entry.h"
#include "sched/spawn.h"

#include <goroutine/go.h>
#include <goroutine/sync.h>
#include <goroutine/time.h>
#include <stdio.h>
#include <string.h>

/* An asker has what any C library may want, whatever GOSTACK says. */
enum { LOOKUP_LIMIT = 500, BUCKETS = 64, ASKER_STACK = 256 << 10 };

struct lookup {
    struct lookup *next;   /* lock: in its bucket */
    struct lookup *behind; /* lock: in the queue */
    uint32_t refs;         /* lock */
    bool queued;           /* lock */
    uint32_t hash;         /* the rest is immutable, */
    struct question q;
    go_waitgroup answered;
    int err; /* but these two: the asker's, until answered is done */
    struct address_list answer;
    char name[];
};

static struct {
    go_mutex lock;
    struct lookup *bucket[BUCKETS]; /* lock */
    struct lookup *first, *last;    /* lock: the queue */
    struct lookup_counts counts;    /* lock */
} lookups;

int lookup_limit = LOOKUP_LIMIT;
int (*lookup_ask)(const char *, const char *, const struct addrinfo *,
                  struct addrinfo **) = getaddrinfo;

struct lookup_counts lookup_counts(void)
{
    go_mutex_lock(&lookups.lock);
    struct lookup_counts c = lookups.counts;
    go_mutex_unlock(&lookups.lock);
    return c;
}

/* --- The table and the queue; the lock is held ------------------------------------ */

static uint32_t hash_of(const struct question *q)
{
    uint32_t h = UINT32_C(2166136261) ^ (uint32_t)q->kind; /* FNV-1a */
    for (const unsigned char *s = (const unsigned char *)q->name; *s; s++)
        h = (h ^ *s) * UINT32_C(16777619);
    return h ^ h >> 15;
}

static bool same(const struct question *a, const struct question *b)
{
    return a->kind == b->kind && a->family == b->family && a->type == b->type &&
           strcmp(a->name, b->name) == 0;
}

static struct lookup **place_of(uint32_t hash)
{
    return &lookups.bucket[hash % BUCKETS];
}

static struct lookup *find(const struct question *q, uint32_t hash)
{
    struct lookup *l = *place_of(hash);
    while (l && (l->hash != hash || !same(&l->q, q)))
        l = l->next;
    return l;
}

static void list(struct lookup *l)
{
    struct lookup **at = place_of(l->hash);
    l->next = *at;
    *at = l;
    lookups.counts.listed++;
}

static void unlist(struct lookup *l)
{
    struct lookup **at = place_of(l->hash);
    while (*at != l)
        at = &(*at)->next;
    *at = l->next;
    lookups.counts.listed--;
}

static void queue(struct lookup *l)
{
    *(lookups.last ? &lookups.last->behind : &lookups.first) = l;
    lookups.last = l;
    l->queued = true;
    lookups.counts.queued++;
}

/* before: who stands in front of l, or NULL. */
static void unqueue(struct lookup *l, struct lookup *before)
{
    *(before ? &before->behind : &lookups.first) = l->behind;
    if (lookups.last == l)
        lookups.last = before;
    l->queued = false;
    lookups.counts.queued--;
}

static void leave_queue(struct lookup *l)
{
    struct lookup *before = NULL, *at = lookups.first;
    for (; at != l; at = at->behind)
        before = at;
    unqueue(l, before);
}

/* For an asker that is free.  NULL, and it is not counted any more: it has to end. */
static struct lookup *next_question(void)
{
    struct lookup *l = lookups.first;
    if (!l) {
        lookups.counts.running--;
        return NULL;
    }
    unqueue(l, NULL);
    l->refs++;
    return l;
}

/* --- One lookup ------------------------------------------------------------------- */

static struct lookup *lookup_new(const struct question *q, uint32_t hash)
{
    size_t n = strlen(q->name) + 1;
    struct lookup *l = rt_calloc(1, sizeof *l + n);
    if (!l)
        return NULL;
    memcpy(l->name, q->name, n);
    l->q = *q;
    l->q.name = l->name;
    l->hash = hash;
    go_waitgroup_add(&l->answered, 1);
    return l;
}

static void put(struct lookup *l, int waited)
{
    go_mutex_lock(&lookups.lock);
    lookups.counts.waiting -= waited;
    bool last = --l->refs == 0;
    if (last && l->queued) {
        leave_queue(l);
        unlist(l);
    }
    go_mutex_unlock(&lookups.lock);
#ifndef __clang_analyzer__ /* it takes each count for the last */
    if (last)
        free(l);
#endif
}

/* It has its answer.  Returns the next one for who has asked. */
static struct lookup *answered(struct lookup *l)
{
    go_mutex_lock(&lookups.lock);
    unlist(l);
    struct lookup *next = next_question();
    go_mutex_unlock(&lookups.lock);
    go_waitgroup_done(&l->answered);
    put(l, 0);
    return next;
}

static int meaning(int eai, int system_error)
{
    switch (eai) {
    case EAI_NONAME:
        return GO_NET_NO_HOST;
#ifdef EAI_NODATA
    case EAI_NODATA:
        return GO_NET_NO_ADDRESS;
#endif
#ifdef EAI_ADDRFAMILY
    case EAI_ADDRFAMILY:
        return GO_NET_NO_ADDRESS;
#endif
    case EAI_AGAIN:
        return GO_NET_TRY_AGAIN;
    case EAI_SERVICE:
        return GO_NET_NO_SERVICE;
    case EAI_MEMORY:
        return -ENOMEM;
    case EAI_SYSTEM:
        return system_error ? -system_error : GO_NET_LOOKUP;
    default:
        return GO_NET_LOOKUP;
    }
}

static bool listed_already(const struct address_list *list, const union net_address *a)
{
    for (int i = 0; i < list->n; i++)
        if (address_equal(&list->a[i], a))
            return true;
    return false;
}

static void take(struct address_list *list, const struct addrinfo *ai)
{
    union net_address a;
    memset(&a, 0, sizeof a);
    if (list->n == ADDRESSES_MAX || ai->ai_addrlen > sizeof a ||
        (ai->ai_family != AF_INET && ai->ai_family != AF_INET6))
        return;
    memcpy(&a, ai->ai_addr, ai->ai_addrlen);
    if (!listed_already(list, &a))
        list->a[list->n++] = a;
}

/* The thread may be held up here for as long as the system likes. */
static void ask(struct lookup *l)
{
    const bool service = l->q.kind == LOOKUP_SERVICE;
    const struct addrinfo hints = {
        .ai_family = service ? AF_INET : l->q.family,
        .ai_socktype = service ? l->q.type : SOCK_STREAM, /* one answer for each address */
    };
    struct addrinfo *found = NULL;
    int eai = lookup_ask(service ? NULL : l->name, service ? l->name : NULL, &hints, &found);
    if (eai) {
        l->err = meaning(eai, errno);
        return;
    }
    for (const struct addrinfo *ai = found; ai; ai = ai->ai_next)
        take(&l->answer, ai);
    freeaddrinfo(found);
    l->err = l->answer.n ? 0 : GO_NET_NO_ADDRESS;
}

/* --- Askers ----------------------------------------------------------------------- */

static void go_lookup_run_(void *p)
{
    struct lookup *l = *(struct lookup **)p;
    do {
        go_block(ask, l);
        l = answered(l);
    } while (l);
}

/* A limit on goroutines is not for those of the library, whom others wait for: beyond it
 * the asker has an ordinary stack. */
static bool spawn_asker(struct lookup *l)
{
    const void *fn = (const void *)(uintptr_t)go_lookup_run_;
    char name[24];
    snprintf(name, sizeof name, "resolve %s", l->name);
    int err = go_spawn_(&(go_attr){ .name = name, .stack = ASKER_STACK }, go_lookup_run_, &l,
                        sizeof l, fn);
    if (err != -EAGAIN)
        return err == 0;
    struct m *m = rt_enter();
    struct origin from = { fn, __builtin_return_address(0), m->curg->id };
    bool ok = spawn_inside(m, go_lookup_run_, &l, sizeof l, from);
    rt_exit(m);
    return ok;
}

/* One more asker, who begins with l.  If there is no memory for it, l fails, and whatever
 * was queued meanwhile is tried in its stead (N2). */
static void start_asker(struct lookup *l)
{
    while (l && !spawn_asker(l)) {
        l->err = -ENOMEM;
        l = answered(l);
    }
}

/* --- The call --------------------------------------------------------------------- */

/* The lookup of that question, which the caller is counted in.  NULL: out of memory. */
static struct lookup *join(const struct question *q)
{
    const uint32_t hash = hash_of(q);
    bool start = false;
    go_mutex_lock(&lookups.lock);
    struct lookup *l = find(q, hash);
    if (l) {
        l->refs++;
        lookups.counts.waiting++;
    } else if ((l = lookup_new(q, hash))) {
        list(l);
        l->refs = 1;
        lookups.counts.waiting++;
        start = lookups.counts.running < lookup_limit;
        if (start) {
            lookups.counts.running++;
            l->refs++;
        } else {
            queue(l);
        }
    }
    go_mutex_unlock(&lookups.lock);
    if (start)
        start_asker(l);
    return l;
}

int lookup(const struct question *q, struct bound b, struct address_list *answer)
{
    int err = bound_over(b);
    if (err)
        return err;
    struct lookup *l = join(q);
    if (!l)
        return -ENOMEM;
    err = b.ctx ? go_waitgroup_wait_ctx(&l->answered, b.ctx)
                : go_waitgroup_wait_until(&l->answered, b.deadline);
    if (!err) {
        err = l->err;
        *answer = l->answer;
    }
    put(l, 1);
    return err;
}
