/* SPDX-License-Identifier: MIT */
#include "sched/biased.h"

#include "os/membarrier.h"
#include "sched/chaos.h"

#define SEEN_ONE     (1u << 16)
#define REVOKED_ONE  (1u << 12)
#define REVOKED_MASK (0xfu << 12)

static uint32_t times_revoked(uint32_t seen)
{
    return (seen & REVOKED_MASK) / REVOKED_ONE;
}

/* With one P there is nobody who would revoke it but threads without a P. */
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

void biased_wait_notes(const uint32_t *word)
{
    membarrier_all(); /* B1 */
    for (struct m *m = ld_acquire(&sched.allm); m; m = m->all_link)
        for (unsigned i = 0; i < HELD_NOTES; i++)
            for (unsigned round = 0; ld_acquire(&m->held[i]) == word; round++)
                spin_pause(round);
}

never_inline void biased_lock_slow(struct m *m, uint32_t *word, unsigned i)
{
    int saved = *__errno_location();
    for (unsigned round = 0;; spin_pause(round++)) {
        uint32_t now = ld_relaxed(word);
        if (i < HELD_NOTES && now == m->bias_tag && m->p) {
            if (biased_take(m, word, i))
                break;
        } else if ((now & BIAS_TO) && cas_acquire(word, &now, 1)) {
            biased_wait_notes(word);
            break;
        } else if (now == 0 && spin_try_lock_word(word)) {
            break;
        }
    }
    *__errno_location() = saved;
}
