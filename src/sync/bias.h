/* SPDX-License-Identifier: MIT */
/* Readers of a go_rwmutex that do not share a cache line.
 *
 * A lock on which readers get in each other's way is biased towards them: each notes in
 * its own M that it reads (m->reading), by a plain store, and is not counted in the lock's
 * word.  A writer revokes the bias: it turns the notes into a count.  That is dear, so
 * a bias that did not pay is left off for a multiple of the time it took.  After an idea of
 * D. Dice and A. Kogan (BRAVO, 2019); the notes and the fence are other ones.
 *
 * States, the low bits of bias_, changed by who has the guard; in the word, RW_BIASED says
 * not OFF:
 *   OFF       -> ON        by a reader that is counted in the word, when no writer is there;
 *                          by the writer that is in and leaves
 *   ON        -> REVOKING  by who revokes
 *   REVOKING  -> OFF       by the same, when all is counted
 *
 * While OFF the bits above count the credit, BIAS_POINT each, which only the writer that is
 * in changes (there is none while another state is entered or left): with BIAS_FULL its
 * unlock turns the bias on, if it was calm for long enough; with BIAS_PAID at once.  Then,
 * and while it is ON, calm_ is what all M's nreading were together when it was last
 * revoked, or turned on.
 *
 *   reader:   reading[i] = lock;  read bias_: if not ON, take it back
 *   revoker:  bias_ = REVOKING;  membarrier;  look at every M
 *
 * B1: membarrier is a full fence on every thread.  So the reader sees REVOKING, or the
 * revoker sees its note.  It pairs with the compiler-only order in bias_enter.
 *
 * Only the owner of an M writes a lock into its notes; anybody takes one out, by a CAS, so
 * that each is taken out once: by a reader that leaves, which may be on another M by
 * now, or another goroutine; by the revoker, which counts it; by the reader itself that
 * saw the bias go.  A reader takes out any note of its lock, or if it finds none counts down
 * the word: notes and count together are the readers.
 *
 * The bias itself is one reader in the word, so that to a writer the lock looks taken by
 * readers.  No other reader counts it down: with RW_BIASED one is left, and the bit is in
 * the word, so that a CAS from before the bias fails.  While REVOKING there are BIAS_MARGIN
 * more: readers whose note has been taken, but not yet counted, count down and must find
 * some.
 *
 * Invariants, whenever the guard is free:
 *  B2  ON: a reader in the word, no LW_HELD, LW_STARVING, LW_SHUT nor RW_READERS_QUEUED;
 *      LW_QUEUED only with LW_WOKEN: that writer will come and revoke.  A writer queues as
 *      G, and not while it is ON.  REVOKING: at least one reader in the word.
 *  B3  OFF: no M has a note of the lock, but one that its reader is about to take back.
 *  B4  notes + readers in the word = readers that are in, + 1 if ON, + 1 + BIAS_MARGIN
 *      while REVOKING, less those that the revoker has taken and is about to add.
 * B2 is checked by rwmutex_verify().
 *
 * Threads that are not ours are always counted in the word.
 *
 * A lock that is freed while ON leaves nothing behind: it has no readers, so no notes. */
#ifndef SYNC_BIAS_H
#define SYNC_BIAS_H

#include "sched/self.h"
#include "sync/rwmutex.h"
#include "sync/waiting.h"

enum bias { BIAS_OFF, BIAS_ON, BIAS_REVOKING, BIAS_STATE };

/* A write earns a point, one that met readers BIAS_MET of them. */
enum { BIAS_POINT = 4, BIAS_MET = 64 * BIAS_POINT };
enum { BIAS_FULL = 1024 * BIAS_POINT, BIAS_PAID = 2 * BIAS_FULL };

/* A quarter of what the word can count. */
#define BIAS_MARGIN (1u << 22)

/* bias_wanted - a reader that is in met others on the way.  Turns the bias on if that may
 * help now. */
void bias_wanted(go_rwmutex *rw);

/* bias_resume - the writer that is in leaves, and the bias comes back, if there is nobody
 * to wake.  false: neither. */
bool bias_resume(go_rwmutex *rw);

/* bias_begin - turn it on, whether it helps or not.  The caller is a reader counted in the
 * word.  false: a writer is there. */
bool bias_begin(go_rwmutex *rw);

/* bias_revoke - turn it off.  Outside the runtime.  On return it is OFF, or another is
 * about to make it so. */
void bias_revoke(go_rwmutex *rw);

/* bias_leave_elsewhere - take a note of rw out of any M. */
bool bias_leave_elsewhere(go_rwmutex *rw);

static inline uint32_t bias_of(go_rwmutex *rw)
{
    return ld_relaxed(&rw->bias_) & BIAS_STATE;
}

/* bias_earn - by the writer that is in.  true: the credit is full. */
static inline bool bias_earn(go_rwmutex *rw, uint32_t points)
{
    uint32_t credit = ld_relaxed(&rw->bias_);
    if (unlikely(credit >= BIAS_FULL))
        return true;
    st_relaxed(&rw->bias_, credit + points);
    return false;
}

/* bias_due - to the writer that is in: the bias comes back now. */
bool bias_due(go_rwmutex *rw);

/* bias_set - by H, the writer that is in, as G: give up the lock for a bias. */
static inline void bias_set(go_rwmutex *rw, uint32_t s)
{
    st_release(&rw->state_, s | RW_BIASED);    /* pairs with the CAS of who locks next */
    st_release(&rw->bias_, (uint32_t)BIAS_ON); /* pairs with bias_enter */
}

static inline bool bias_take(struct m *m, uint32_t i, go_rwmutex *rw)
{
    go_rwmutex *mine = rw;
    /* Release: pairs with the acquire of who reads the note, the revoker above all. */
    return ld_relaxed(&m->reading[i]) == rw && cas_release(&m->reading[i], &mine, NULL);
}

/* bias_enter - become a reader by a note.  false: by the word, then. */
static inline bool bias_enter(go_rwmutex *rw)
{
    struct m *m = m_self();
    uint32_t i = 0;
    if (unlikely(ld_relaxed(&m->revoked) == R_ALIEN))
        return false;                  /* it may have no M, and nobody looks for it */
    while (ld_acquire(&m->reading[i])) /* pairs with bias_take */
        if (++i == READING_NOTES)
            return false;
    st_relaxed(&m->nreading, m->nreading + 1);
    st_release(&m->reading[i], rw);
    compiler_barrier(); /* B1 */
    /* Acquire: pairs with the release in bias_begin, which passes on what the last writer
     * did. */
    if (likely(ld_acquire(&rw->bias_) == BIAS_ON))
        return true;
    return !bias_take(m, i, rw); /* else the revoker has counted us */
}

/* bias_leave - take a note out of our own M. */
static inline bool bias_leave(go_rwmutex *rw)
{
    struct m *m = m_self();
    for (uint32_t i = 0; i < READING_NOTES; i++)
        if (bias_take(m, i, rw))
            return true;
    return false;
}

#endif
