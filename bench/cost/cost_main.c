/* SPDX-License-Identifier: MIT */
/* Runs the operations under callgrind.
 *
 *     cost_ops           all of them, "NAME TIMES PAIRS" for each, in the order of the
 *                        dumps: the first, and then once and twice in pairs
 *     cost_ops --build   what the counts depend on, or why they would not tell anything
 */
#include "cost.h"

#include <gnu/libc-version.h>

#define NOT_MERGED __attribute__((noinline))

/* On a busy machine sysmon may think in the midst of one that the thread is stuck. */
enum { PAIRS = 5 };

NOT_MERGED void cost_begin(void)
{
    __asm__ volatile("");
}

NOT_MERGED void cost_end(void)
{
    __asm__ volatile("");
}

static int print_build(void)
{
#if !defined(__x86_64__) || defined(__clang__) || !defined(__GNUC__)
    puts("not built by GCC for x86-64");
    return 1;
#elif !defined(__OPTIMIZE__) || !defined(NDEBUG)
    puts("not a release build");
    return 1;
#else
    printf("GCC %d, glibc %s, %s\n", __GNUC__, gnu_get_libc_version(), COST_BUILD_TYPE);
    return 0;
#endif
}

static void run_all(const struct cost_op *op)
{
    for (; op->name; op++) {
        op->run(op->times);
        for (int i = 0; i < PAIRS; i++) {
            op->run(op->times);
            op->run(2 * op->times);
        }
        printf("%s %ld %d\n", op->name, op->times, PAIRS);
    }
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--build") == 0)
        return print_build();
    if (argc > 1)
        report_fail("usage: %s [--build]", argv[0]);
    run_all(cost_sched_ops);
    run_all(cost_chan_ops);
    run_all(cost_sync_ops);
    run_all(cost_timer_ops);
}
