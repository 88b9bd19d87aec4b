/* SPDX-License-Identifier: MIT */
/* Locks that lean towards one P, which takes them without a locked instruction.
 *
 * A lock that one P has taken thousands of times in a row is biased to it.  From then on
 * whoever runs that P, and is inside the runtime, takes the lock by a plain store into a
 * note of its own M, and gives it back by another.  Anybody else revokes the bias first.
 *
 * States of the lock's word:
 *   0            free
 *   1            held by who moved it there; for a short while still by a note, too
 *   tag of a P   biased: held if an M has a note of it (m->held), else free
 *
 *   0 -> 1        CAS, acquire: take               1 -> 0    store, release: give back
 *   1 -> tag      by the holder, who then holds it by a note, or frees what he borrowed
 *   tag -> 1      CAS: revoke, by whoever wants the lock and is not that P; or borrow
 *
 *   owner:    held[i] = lock;  read the word: if not the tag, take the note back
 *   revoker:  tag -> 1;  membarrier;  wait until the P's M has no note of it;  is the holder
 *
 * B1: membarrier is a full fence on every thread.  So the owner sees that the tag has
 * gone, or the revoker sees the note and waits.  It pairs with the compiler-only order in
 * biased_take.  The release that clears a note pairs with the acquire of the revoker.
 *
 * B2: only an M that is inside the runtime and has the P uses the P's tag: nobody can take
 * the P from it meanwhile (entry.h), so there is one owner at a time, and what one owner
 * did the next one sees by the hand-over of the P.
 *
 * B3: notes are in the M, not in the lock, so that each word has one writer.  An owner that
 * was stopped between its look and its note cannot disturb who owns the lock by then.
 *
 * A revoker waits as long as any waiter of a spin lock: for the section of the owner.  A
 * lock that is freed while biased leaves nothing behind, for nobody holds it.
 *
 * When to begin is the word of struct biased, which the holder alone writes: it counts how
 * often in a row the same P was seen, at every BIAS_EVERY-th lock that an M takes, whichever
 * it is.  To revoke costs about as much as a thousand locked instructions, so a bias has
 * to be earned by more than that; and by twice as much after each one that was revoked.
 *
 *   bits 0-1 BIAS_TAG if it is biased, else 0;  2-11 the P;  12-15 times revoked;  16-31 times
 *   seen
 */
#ifndef SCHED_BIASED_H
#define SCHED_BIASED_H

#include "base/spin.h"
#include "sched/self.h"

#define BIAS_TAG    3u     /* in a tag; a word that is merely held is 1 */
#define BIAS_TO     2u     /* tells a tag from that */
#define BIAS_OWNER  0xfffu /* the bits that are the tag */
#define BIAS_NOBODY UINT32_MAX

/* Locks between two looks, and looks that earn a bias the first time. */
enum { BIAS_EVERY = 64, BIAS_EARNED = 128, BIAS_REVOKED_MAX = 8 };

static inline uint32_t bias_tag_of(const struct p *p)
{
    return p->index << 2 | BIAS_TAG;
}
_Static_assert(MAX_PROCS <= 1024, "a tag has ten bits for the P");

/* biased_take - inside the runtime, word being or having been the tag of our P: hold it by
 * the note i. */
static inline bool biased_take(struct m *m, uint32_t *word, unsigned i)
{
    assert(!m->held[i]);
    st_relaxed(&m->held[i], word);
    compiler_barrier(); /* B1 */
    if (likely(ld_acquire(word) == m->bias_tag))
        return true;
    st_release(&m->held[i], NULL); /* B1 */
    return false;
}

/* biased_borrow, biased_return - for the owner that has no note left: tag -> 1 and back, by
 * a CAS.  No fence: no other M may take a note, and the caller has none of this lock. */
static inline bool biased_borrow(struct m *m, uint32_t *word)
{
    uint32_t tag = m->bias_tag;
    return ld_relaxed(word) == tag && m->p && cas_acquire(word, &tag, 1);
}

static inline void biased_return(struct m *m, uint32_t *word)
{
    st_release(word, m->bias_tag); /* pairs with the acquire of who takes a note, or revokes */
}

/* biased_lock_slow - wait, or revoke. */
void biased_lock_slow(struct m *m, uint32_t *word, unsigned i);

/* biased_lock - take a lock that may be biased.  i is the note to use: who holds several
 * numbers them; i >= HELD_NOTES: none.  m: the running M, m_none for a thread without. */
static inline void biased_lock(struct m *m, uint32_t *word, unsigned i)
{
    if (i < HELD_NOTES && ld_relaxed(word) == m->bias_tag && m->p && biased_take(m, word, i))
        return;
    if (unlikely(!spin_try_lock_word(word)))
        biased_lock_slow(m, word, i);
}

static inline bool biased_by_note(const struct m *m, const uint32_t *word, unsigned i)
{
    return i < HELD_NOTES && m->held[i] == word;
}

static inline void biased_unlock(struct m *m, uint32_t *word, unsigned i)
{
    if (biased_by_note(m, word, i))
        st_release(&m->held[i], NULL); /* B1 */
    else
        spin_unlock_word(word);
}

/* biased_look - who holds word by a CAS says who was seen, in *seen.  At the right time the
 * lock becomes biased, and is then held by the note 0. */
void biased_look(struct m *m, uint32_t *word, uint32_t *seen);

/* biased_wait_notes - after the word, or what stands for it, was changed from the tag so that
 * no more notes are taken: the fence, and until the note there may be has gone. */
void biased_wait_notes(const uint32_t *word, uint32_t tag);

/* bias_lost - the bias that *seen may speak of has been, or is being, revoked. */
void bias_lost(uint32_t *seen);

/* bias_next - what *seen becomes when this P is seen; true: it has earned the bias, and *seen
 * says so. */
bool bias_next(struct m *m, uint32_t *seen);

#endif
