/* SPDX-License-Identifier: MIT */
/* What the tests of packed stacks share. */
#ifndef TESTS_PACK_H
#define TESTS_PACK_H

#include "arch/sanitize.h"
#include "check.h"
#include "os/uffd.h"
#include "sched/packer.h"
#include "stack/pack.h"

#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* pack_ask - have this program's stacks packed after a millisecond, besides what
 * GO_DEBUG already asks for.  Before the first call of the library.  Ends the test
 * where userfaultfd is not to be had. */
static inline void pack_ask(void)
{
    char words[256];
    const char *before = getenv("GO_DEBUG");
    if (uffd_open() != 0)
        exit(77);
    uffd_close();
    snprintf(words, sizeof words, "%s%spack=1", before ? before : "", before && *before ? "," : "");
    setenv("GO_DEBUG", words, 1);
    go_yield();
    if (sanitizer_on || stack_watched)
        exit(77); /* their stacks are not packed */
}

/* pack_await - until the stack that at lies in is packed.  In a plain thread or a
 * goroutine; at is not touched. */
static inline void pack_await(const void *at)
{
    struct stack_slot s;
    CHECK(stack_slot_of(at, &s));
    for (int ms = 0; !pack_is_packed(&s); ms++) {
        CHECK(ms < 20000);
        go_sleep(GO_MILLISECOND);
    }
}

#endif
