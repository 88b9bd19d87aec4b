/* SPDX-License-Identifier: MIT */
#include "arch/sanitize.h"

#include <stdint.h>
#if defined(__has_include)
#if __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#endif
#endif

bool sanitizer_on;
bool stack_watched;
bool calls_recorded;
static bool on_valgrind;

#define WEAK __attribute__((weak))
WEAK void *__tsan_get_current_fiber(void);
WEAK void *__tsan_create_fiber(unsigned flags);
WEAK void __tsan_destroy_fiber(void *fiber);
WEAK void __tsan_switch_to_fiber(void *fiber, unsigned flags);
WEAK void __sanitizer_start_switch_fiber(void **fake, const void *bottom, size_t size);
WEAK void __sanitizer_finish_switch_fiber(void *fake, const void **bottom, size_t *size);
WEAK void __asan_unpoison_memory_region(void const volatile *addr, size_t size);

void sanitize_init(void)
{
    sanitizer_on = __tsan_create_fiber || __sanitizer_start_switch_fiber;
#ifdef RUNNING_ON_VALGRIND
    on_valgrind = RUNNING_ON_VALGRIND;
#endif
    stack_watched = on_valgrind || __asan_unpoison_memory_region;
    calls_recorded = __tsan_create_fiber != NULL;
}

void fiber_adopt(struct fiber *f)
{
    f->tsan = __tsan_get_current_fiber ? __tsan_get_current_fiber() : NULL;
    f->fake = NULL;
}

void fiber_create(struct fiber *f)
{
    f->tsan = __tsan_create_fiber ? __tsan_create_fiber(0) : NULL;
    f->fake = NULL;
}

void fiber_destroy(struct fiber *f)
{
    if (f->tsan)
        __tsan_destroy_fiber(f->tsan);
    f->tsan = NULL;
}

not_for_tsan void fiber_leave(struct fiber *from, struct fiber *to, const char *lo, const char *hi)
{
    if (__sanitizer_start_switch_fiber)
        __sanitizer_start_switch_fiber(from ? &from->fake : NULL, lo, (size_t)(hi - lo));
    /* Flag 0: the switch orders the two, as the hand-over of the P does.  An
     * instrumented build of the library would report its own queues otherwise. */
    if (to->tsan)
        __tsan_switch_to_fiber(to->tsan, 0);
}

not_for_tsan void fiber_arrive(struct fiber *f, const char **from_lo, const char **from_hi)
{
    if (__sanitizer_finish_switch_fiber) {
        const void *lo = NULL;
        size_t size = 0;
        __sanitizer_finish_switch_fiber(f->fake, &lo, &size);
        f->fake = NULL; /* gone with this goroutine; the record's next one gets its own */
        *from_lo = lo;
        *from_hi = *from_lo + size;
    }
}

void stack_announce(const char *lo, const char *hi)
{
#ifdef VALGRIND_STACK_REGISTER
    if (on_valgrind)
        (void)VALGRIND_STACK_REGISTER(lo, hi);
#else
    (void)lo, (void)hi;
#endif
}

void stack_clean(const char *lo, const char *hi)
{
    if (__asan_unpoison_memory_region)
        __asan_unpoison_memory_region(lo, (size_t)(hi - lo));
#ifdef VALGRIND_MAKE_MEM_UNDEFINED
    if (on_valgrind)
        (void)VALGRIND_MAKE_MEM_UNDEFINED(lo, hi - lo);
#endif
}

void stack_abandoned(const char *lo, const char *hi)
{
    if (__asan_unpoison_memory_region)
        __asan_unpoison_memory_region(lo, (size_t)(hi - lo));
}
