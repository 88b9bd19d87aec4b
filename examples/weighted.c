/* SPDX-License-Identifier: MIT */
/* weighted - a semaphore of memory: big jobs and small ones share 64 units. */
#include <goroutine.h>
#include <stdio.h>

enum { UNITS = 64 };

static go_sema memory = GO_SEMA_INIT(UNITS);
static int32_t used, most;

static void job(int units)
{
    go_sema_acquire(&memory, units);
    int now = go_atomic_add(&used, units);
    if (now > go_atomic_load(&most))
        go_atomic_store(&most, now);
    go_sleep(GO_MILLISECOND);
    go_atomic_add(&used, -units);
    go_sema_release(&memory, units);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 40; i++)
        go_waitgroup_go(&wg, job, 1 << i % 7); /* 1, 2, 4 ... 64 */

    /* Not for ever: nobody else gives way to one who is late. */
    int r = go_sema_acquire_until(&memory, UNITS, go_now() + 100 * GO_MICROSECOND);
    printf("all of it within 100 us: %s\n", r == 0 ? "yes" : "no");
    if (r == 0)
        go_sema_release(&memory, UNITS);
    go_waitgroup_wait(&wg);
    printf("never more than %d units: %s\n", UNITS, most <= UNITS ? "yes" : "no");
    return most > UNITS;
}
