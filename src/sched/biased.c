/* SPDX-License-Identifier: MIT */
#include "sched/biased.h"

#include "os/membarrier.h"
#include "sched/chaos.h"
#include "sched/init.h"

#define SEEN_ONE     (1u << 16)
#define REVOKED_ONE  (1u << 12)
#define REVOKED_MASK (0xfu << 12)

static uint32_t times_revoked(uint32_t seen)
{
    return (seen & REVOKED_MASK) / REVOKED_ONE;
}

/* With one P only threads without a P need the fence to revoke it. */
static uint32_t looks_needed(uint32_t seen)
{
    uint32_t first = chaos_on || ld_relaxed(&sched.nprocs) == 1 ? 1 : BIAS_EARNED;
    return chaos_on ? 1 : first << times_revoked(seen);
}

void bias_lost(uint32_t *seen)
{
    uint32_t was = ld_relaxed(seen), revoked = was & REVOKED_MASK;
    if (!(was & BIAS_TO))
        return;
    if (times_revoked(was) < BIAS_REVOKED_MAX)
        revoked += REVOKED_ONE;
    st_relaxed(seen, (was & BIAS_OWNER & ~BIAS_TAG) | revoked);
}

bool bias_next(struct m *m, uint32_t *seen)
{
    bias_lost(seen);
    uint32_t was = ld_relaxed(seen), owner = m->bias_tag & ~BIAS_TAG;
    uint32_t revoked = was & REVOKED_MASK;
    m->bias_wait = chaos_on ? 1 + (int32_t)rand_below(&m->rand, 4) : BIAS_EVERY;
    if ((was & BIAS_OWNER) != owner)
        was = owner;
    uint32_t times = was / SEEN_ONE + 1;
    bool earned = times >= looks_needed(revoked);
    /* Release: pairs with the acquire in go_mutex's fast path. */
    st_release(seen, earned ? m->bias_tag | revoked : owner | revoked | times * SEEN_ONE);
    return earned;
}

void biased_look(struct m *m, uint32_t *word, uint32_t *seen)
{
    if (!bias_next(m, seen))
        return;
    assert(!m->held[0] && ld_relaxed(word) == 1);
    st_relaxed(&m->held[0], word);
    st_release(word, m->bias_tag); /* B1: pairs with the acquire of who revokes it */
}

/* One M is enough.  Who has the P by now, if it is another than at the time of the fence, came
 * to it later and sees that the tag has gone; who had it has taken its notes back before, and
 * what it did is seen by the acquire, which pairs with the releases that change p->m. */
void biased_wait_notes(const uint32_t *word, uint32_t tag)
{
    membarrier_all(); /* B1 */
    struct m *m = ld_acquire(&sched.allp[(tag & BIAS_OWNER) >> 2]->m);
    for (unsigned i = 0; m && i < HELD_NOTES; i++)
        for (unsigned round = 0; ld_acquire(&m->held[i]) == word; round++) {
            if (unlikely(ld_relaxed(&runtime_forked)))
                fatal("libgoroutine used after fork: the child may only exec or exit");
            spin_pause(round);
        }
}

never_inline void biased_lock_slow(struct m *m, uint32_t *word, unsigned i)
{
    int saved = *__errno_location();
    for (unsigned round = 0;; spin_pause(round++)) {
        uint32_t now = ld_relaxed(word);
        if (i < HELD_NOTES && now == m->bias_tag && m->p) {
            if (biased_take(m, word, i))
                break;
        } else if ((now & BIAS_TO) && cas_acquire(word, &now, 1)) { /* B1 */
            if (now != m->bias_tag || !m->p)                        /* else we are the owner */
                biased_wait_notes(word, now);
            break;
        } else if (now == 0 && spin_try_lock_word(word)) {
            break;
        }
    }
    *__errno_location() = saved;
}
