/* SPDX-License-Identifier: MIT */
/* Storing a call instead of making it, and making it later, elsewhere.
 *
 * Only the compiler knows where the arguments of a call of f's type go, so it makes
 * that call, of a stub:
 *
 *   go_call_store_(c)   keeps the way back in *c, as setjmp does; returns the stub
 *   stub(args...)       stores the argument registers and stack in *c; goes back to
 *                       where go_call_store_ was called, to return NULL
 *   go_call_run_(c)     on the other stack: loads them again, calls f
 *
 * Between the first two the caller only converts values, so it stays on its thread,
 * and the thread's one pending call is this one.
 *
 * More of the stack may be stored than the call used: the parameters' types are not
 * known, only a bound from the arguments'.  The caller's frame is larger than that,
 * for *c lies in it.
 */
#include "arch/callregs.h"

#include <stddef.h>

_Static_assert(offsetof(struct go_call_, stack_size) == 8, "callregs.S");
_Static_assert(offsetof(struct go_call_, gp) == 16, "callregs.S");
_Static_assert(offsetof(struct go_call_, fp) == 96, "callregs.S");
_Static_assert(sizeof(struct go_call_) == 224, "callregs.S");

/* What f returns may want more than 16. */
#define RESULT_ALIGN 64

/* [owner] the thread: the call of which the stub is to be called next. */
__thread struct go_call_ *go_call_pending_;

static void nothing(void)
{
}

void go_call_skip_(struct go_call_ *c)
{
    c->fn = (const void *)(uintptr_t)nothing;
    c->stack_size = 0;
    c->ret_size = 0;
}

void go_call_result_(struct go_call_ *c, const struct go_call_ *probe, size_t size)
{
#if defined(__x86_64__)
    /* A result in memory has its address in front of the first argument. */
    if (probe->gp[0] != (uintptr_t)probe)
        c->ret_size = (uint32_t)size;
#else
    /* The address has a register of its own; unused, it may be set all the same. */
    (void)probe;
    c->ret_size = (uint32_t)size;
#endif
}

void go_call_run_(void *p)
{
    struct go_call_ *c = p;
    if (c->ret_size) {
        const uintptr_t mem = (uintptr_t)__builtin_alloca(c->ret_size + RESULT_ALIGN);
        const uintptr_t aligned = (mem + RESULT_ALIGN - 1) & ~(uintptr_t)(RESULT_ALIGN - 1);
#if defined(__x86_64__)
        c->gp[0] = aligned; /* rdi */
#else
        c->gp[8] = aligned; /* x8 */
#endif
    }
    (void)go_call_make_(c);
}

/* An int is never returned in memory, and is the low half of the register. */
void go_call_run_int_(void *p)
{
    ((struct go_int_call_ *)p)[-1].result = (int)(uint32_t)go_call_make_(p);
}
