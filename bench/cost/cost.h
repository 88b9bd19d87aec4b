/* SPDX-License-Identifier: MIT */
/* The hot operations of the library, each by name, as bench/cost/run.sh has them counted. */
#ifndef BENCH_COST_H
#define BENCH_COST_H

#include "../c/report.h"

#include <goroutine.h>

/* cost_begin, cost_end - what run does between them is counted: callgrind knows both by
 * their names.  Objects are made and filled before, checked and freed after. */
void cost_begin(void);
void cost_end(void);

/* run does the operation n times.  It is called with times, for all that happens only at
 * first, and then in pairs with times and with twice as much: the difference of these two
 * is counted, so that nothing remains of what surrounds the loop; of the pairs, the median. */
struct cost_op {
    const char *name;
    void (*run)(long n);
    long times;
};

/* Lists that end with a NULL name. */
extern const struct cost_op cost_sched_ops[];
extern const struct cost_op cost_chan_ops[];
extern const struct cost_op cost_sync_ops[];
extern const struct cost_op cost_timer_ops[];

static inline void cost_check(bool ok, const char *name)
{
    if (!ok)
        report_fail("%s: wrong result", name);
}

#endif
