/* SPDX-License-Identifier: MIT */
/* Sleeping on a word.  Private to the process. */
#ifndef OS_FUTEX_H
#define OS_FUTEX_H

#include <stdint.h>

/* futex_wait - sleep while *word == value, at most until the absolute
 * CLOCK_MONOTONIC time deadline (INT64_MAX: for ever).  May wake for nothing.
 * Keeps errno. */
void futex_wait(uint32_t *word, uint32_t value, int64_t deadline);

/* futex_wake - wake at most n sleepers.  Safe in a signal handler. */
void futex_wake(uint32_t *word, int n);

#endif
