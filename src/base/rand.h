/* SPDX-License-Identifier: MIT */
/* A small fast generator, one state per M.  Not for secrets. */
#ifndef BASE_RAND_H
#define BASE_RAND_H

#include <stdint.h>

/* xorshift64*; the state is never 0. */
static inline uint32_t rand_next(uint64_t *state)
{
    uint64_t x = *state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return (uint32_t)((x * UINT64_C(0x2545F4914F6CDD1D)) >> 32);
}

/* rand_below - uniform in [0, n) for n > 0, by a multiplication. */
static inline uint32_t rand_below(uint64_t *state, uint32_t n)
{
    return (uint32_t)(((uint64_t)rand_next(state) * n) >> 32);
}

#endif
