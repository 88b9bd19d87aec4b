/* SPDX-License-Identifier: MIT */
/* A read-write mutex that is biased towards readers: notes instead of a count, and how a
 * writer turns them into one. */
#include "sync_eventually.h"

#include "conformance/support.h"
#include "sync/bias.h"
#include "sync/check_sync.h"
#include "sync/rwmutex.h"

#include <pthread.h>

static uint32_t word(go_rwmutex *m)
{
    rwmutex_verify(m);
    return ld_acquire(&m->state_);
}

static int notes(go_rwmutex *m)
{
    int n = 0;
    for (struct m *at = ld_acquire(&sched.allm); at; at = at->all_link)
        for (int i = 0; i < READING_NOTES; i++)
            n += ld_acquire(&at->reading[i]) == m;
    return n;
}

/* The bias is on and nobody reads. */
static void bias_on(go_rwmutex *m)
{
    go_rwmutex_rlock(m);
    if (bias_of(m) == BIAS_OFF)
        CHECK(bias_begin(m));
    go_rwmutex_runlock(m);
    CHECK_EQ(bias_of(m), BIAS_ON);
    CHECK_EQ(word(m), RW_READER | RW_BIASED);
    CHECK_EQ(notes(m), 0);
}

static void by_notes(void)
{
    go_rwmutex m = { 0 };
    bias_on(&m);
    go_rwmutex_rlock(&m);
    CHECK(go_rwmutex_try_rlock(&m));
    CHECK_EQ(go_rwmutex_rlock_until(&m, 0), 0);
    CHECK_EQ(word(&m), RW_READER | RW_BIASED);
    CHECK_EQ(notes(&m), 3);
    CHECK(!go_rwmutex_try_lock(&m)); /* they are counted by that */
    CHECK_EQ(bias_of(&m), BIAS_OFF);
    CHECK_EQ(word(&m), 3 * RW_READER);
    CHECK_EQ(notes(&m), 0);
    for (int i = 0; i < 3; i++)
        go_rwmutex_runlock(&m);
    CHECK_EQ(word(&m), 0);
}

/* A writer that finds nobody but the bias has the lock at once. */
static void writer_alone(void)
{
    go_rwmutex m = { 0 };
    bias_on(&m);
    CHECK(go_rwmutex_try_lock(&m));
    CHECK_EQ(word(&m), LW_HELD);
    go_rwmutex_unlock(&m);
    bias_on(&m);
    go_rwmutex_lock(&m);
    go_rwmutex_unlock(&m);
    bias_on(&m);
    CHECK_EQ(go_rwmutex_lock_until(&m, 0), 0);
    CHECK(!go_rwmutex_try_rlock(&m));
    CHECK(!bias_begin(&m));
    go_rwmutex_unlock(&m);
    CHECK_EQ(word(&m), 0);
}

/* More locks than an M has room for; and one that is forgotten while biased. */
static void many_locks(void)
{
    go_rwmutex m[READING_NOTES + 2] = { 0 };
    uint32_t n = READING_NOTES + 2;
    for (uint32_t i = 0; i < n; i++)
        bias_on(&m[i]);
    for (uint32_t i = 0; i < n; i++)
        go_rwmutex_rlock(&m[i]);
    for (uint32_t i = 0; i < n; i++) {
        CHECK_EQ(notes(&m[i]), i < READING_NOTES);
        CHECK_EQ(word(&m[i]), (i < READING_NOTES ? 1 : 2) * RW_READER | RW_BIASED);
        CHECK(!go_rwmutex_try_lock(&m[i]));
    }
    for (uint32_t i = 0; i < n; i++)
        go_rwmutex_runlock(&m[i]);
    for (uint32_t i = 0; i < n; i++) {
        CHECK_EQ(word(&m[i]), 0);
        bias_on(&m[i]);
    }
}

struct visit {
    go_rwmutex *m;
    int inside, out; /* atomic */
    bool leave;      /* atomic */
};

static void read_and_tell(struct visit *v)
{
    go_rwmutex_rlock(v->m);
    add_seq(&v->inside, 1);
    EVENTUALLY(ld_acquire(&v->leave));
    go_rwmutex_runlock(v->m);
    add_seq(&v->out, 1);
}

static void write_and_tell(struct visit *v)
{
    go_rwmutex_lock(v->m);
    CHECK_EQ(ld_acquire(&v->inside), ld_acquire(&v->out));
    go_rwmutex_unlock(v->m);
    add_seq(&v->out, 1);
}

static void *runlock_there(void *m)
{
    go_rwmutex_runlock(m);
    return NULL;
}

/* Locked here, unlocked by a thread that is not ours; and the other way round. */
static void unlocked_elsewhere(void)
{
    go_rwmutex m = { 0 };
    pthread_t t;
    bias_on(&m);
    go_rwmutex_rlock(&m);
    go_rwmutex_rlock(&m);
    CHECK_EQ(notes(&m), 2);
    CHECK_EQ(pthread_create(&t, NULL, runlock_there, &m), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
    CHECK_EQ(notes(&m), 1);
    go_rwmutex_runlock(&m);
    CHECK_EQ(word(&m), RW_READER | RW_BIASED);
    go_rwmutex_rlock(&m);
    bias_revoke(&m); /* locked by a note, unlocked as one that was counted */
    go_rwmutex_runlock(&m);
    CHECK_EQ(word(&m), 0);
    go_rwmutex_rlock(&m); /* locked by the word, unlocked when the bias is on */
    CHECK(bias_of(&m) == BIAS_ON || bias_begin(&m));
    CHECK_EQ(word(&m), 2 * RW_READER | RW_BIASED);
    go_rwmutex_runlock(&m);
    CHECK_EQ(word(&m), RW_READER | RW_BIASED);
}

/* A writer waits for those who read by notes, and while it waits nobody comes in. */
static void writer_waits(void)
{
    enum { READERS = 5 };
    go_rwmutex m = { 0 };
    struct visit in = { .m = &m }, w = { .m = &m };
    bias_on(&m);
    for (int i = 0; i < READERS; i++)
        go(read_and_tell, &in);
    EVENTUALLY(ld_acquire(&in.inside) == READERS);
    go(write_and_tell, &w);
    EVENTUALLY(queue_len(&m.wq_, &m.rq_.lock_) == 1);
    CHECK_EQ(bias_of(&m), BIAS_OFF);
    CHECK_EQ(word(&m), READERS * RW_READER | LW_QUEUED | LW_SHUT);
    CHECK(!go_rwmutex_try_rlock(&m));
    CHECK_EQ(go_rwmutex_rlock_until(&m, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    st_release(&in.leave, true);
    EVENTUALLY(ld_acquire(&w.out) == 1);
    EVENTUALLY(ld_acquire(&in.out) == READERS);
    CHECK_EQ(notes(&m), 0);
}

struct hammer {
    go_rwmutex m;
    long a, b;   /* under m: equal */
    long writes; /* under m */
    int rounds;
};

static void hammer(struct hammer *h, uint32_t seed)
{
    for (int i = 0; i < h->rounds; i++) {
        seed = seed * 1664525u + 1013904223u;
        if (seed >> 26 == 0) {
            go_rwmutex_lock(&h->m);
            h->a++;
            h->writes++;
            h->b++;
            go_rwmutex_unlock(&h->m);
            continue;
        }
        go_rwmutex_rlock(&h->m);
        CHECK_EQ(h->a, h->b);
        if (seed >> 25 == 3)
            go_yield(); /* often to another M */
        else if (bias_of(&h->m) == BIAS_OFF)
            bias_begin(&h->m);
        CHECK_EQ(h->a, h->b);
        go_rwmutex_runlock(&h->m);
    }
}

/* The bias is on whenever it can be. */
static void always_biased(int procs, int goroutines)
{
    struct hammer h = { .rounds = test_scale(4000, 200) };
    go_waitgroup wg = { 0 };
    go_maxprocs(procs);
    for (int i = 0; i < goroutines; i++)
        go_waitgroup_go(&wg, hammer, &h, (uint32_t)i * 2654435761u);
    go_waitgroup_wait(&wg);
    go_rwmutex_lock(&h.m);
    CHECK_EQ(word(&h.m), LW_HELD);
    CHECK_EQ(h.a, h.writes);
    go_rwmutex_unlock(&h.m);
    CHECK_EQ(notes(&h.m), 0);
}

static void read_often(go_rwmutex *m, int n)
{
    for (int i = 0; i < n; i++) {
        go_rwmutex_rlock(m);
        go_rwmutex_runlock(m);
    }
}

/* More than any revoking takes: the bias pays. */
enum { MANY_READS = 20000 };

static void write_once(go_rwmutex *m)
{
    go_rwmutex_lock(m);
    CHECK_EQ(bias_of(m), BIAS_OFF);
    CHECK_EQ(word(m), LW_HELD);
    go_rwmutex_unlock(m);
}

/* A bias that pays is on again after each write, one that does not is not. */
static void comes_back(void)
{
    go_rwmutex m = { 0 };
    bias_on(&m);
    for (int i = 0; i < 3; i++) {
        read_often(&m, MANY_READS);
        write_once(&m);
        CHECK_EQ(bias_of(&m), BIAS_ON);
        CHECK_EQ(word(&m), RW_READER | RW_BIASED);
    }
    write_once(&m);                 /* nobody has read */
    CHECK_EQ(bias_of(&m), BIAS_ON); /* that may happen once */
    write_once(&m);
    CHECK_EQ(bias_of(&m), BIAS_OFF);
    CHECK_EQ(word(&m), 0);
    CHECK(m.calm_ > go_now() - GO_SECOND);
}

/* Writes alone earn a try; not while it is to be calm. */
static void earned_by_writes(void)
{
    go_rwmutex m = { 0 }, calm = { .calm_ = INT64_MAX };
    int n = 0;
    for (; bias_of(&m) == BIAS_OFF; n++) {
        CHECK(n <= BIAS_FULL / BIAS_POINT);
        write_once(&m);
        write_once(&calm);
    }
    CHECK_EQ(n, BIAS_FULL / BIAS_POINT + 1);
    CHECK_EQ(word(&m), RW_READER | RW_BIASED);
    write_once(&calm);
    CHECK_EQ(bias_of(&calm), BIAS_OFF);
}

/* It comes back with readers and writers in the queues: these are let in, one of those is
 * woken, and revokes. */
static int at_once;

static void write_then_tell(struct visit *v)
{
    go_rwmutex_lock(v->m);
    go_rwmutex_unlock(v->m);
    add_seq(&v->out, 1);
}

static void comes_back_before_others(void)
{
    enum { EACH = 3 };
    go_rwmutex m = { 0 };
    struct visit in = { .m = &m, .leave = true }, w = { .m = &m };
    bias_on(&m);
    read_often(&m, MANY_READS);
    go_rwmutex_lock(&m);
    for (int i = 0; i < EACH; i++) {
        go(write_then_tell, &w);
        go(read_and_tell, &in);
    }
    EVENTUALLY(queue_len(&m.wq_, &m.rq_.lock_) == EACH);
    EVENTUALLY(queue_len(&m.rq_, &m.rq_.lock_) == EACH);
    go_rwmutex_unlock(&m);
    at_once += bias_of(&m) == BIAS_ON; /* unless they were quick to revoke it */
    rwmutex_verify(&m);
    EVENTUALLY(ld_acquire(&w.out) == EACH);
    EVENTUALLY(ld_acquire(&in.out) == EACH);
    CHECK_EQ(notes(&m), 0);
    go_rwmutex_lock(&m);
    CHECK_EQ(word(&m), LW_HELD);
    go_rwmutex_unlock(&m);
}

static void unlocked_too_often(void)
{
    go_rwmutex m = { 0 };
    bias_on(&m);
    go_rwmutex_rlock(&m);
    go_rwmutex_runlock(&m);
    go_rwmutex_runlock(&m);
}

static void unlocked_as_writer(void)
{
    go_rwmutex m = { 0 };
    bias_on(&m);
    go_rwmutex_rlock(&m);
    go_rwmutex_unlock(&m);
}

static void dies_with(const char *name, const char *text)
{
    static char err[16384];
    CHECK_EQ(child_run(name, err, sizeof err), 2);
    CHECK(strstr(err, text) != NULL);
}

int main(int argc, char **argv)
{
    const char *arg = child_arg(argc, argv);
    if (arg) {
        strcmp(arg, "r") == 0 ? unlocked_too_often() : unlocked_as_writer();
        return 0;
    }
    go_maxprocs(2);
    for (int i = 0; i < test_scale(50, 5); i++) {
        by_notes();
        writer_alone();
        many_locks();
        unlocked_elsewhere();
        writer_waits();
        comes_back();
        earned_by_writes();
        comes_back_before_others();
    }
    CHECK(at_once > 0);
    for (int procs = 1; procs <= 4; procs *= 2)
        always_biased(procs, 8);
    dies_with("r", "fatal error: sync: RUnlock of unlocked RWMutex\n");
    dies_with("w", "fatal error: sync: Unlock of unlocked RWMutex\n");
}
