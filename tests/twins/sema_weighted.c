/* SPDX-License-Identifier: MIT */
/* Tasks of different weight under one limit: never too much at once, all get done, and the
 * heavy one is not passed by light ones that came later. */
#include <goroutine.h>
#include <stdio.h>

enum { LIMIT = 10 };

static go_sema limit = GO_SEMA_INIT(LIMIT);
static int32_t in_use, over;

static void use(int weight)
{
    if (go_atomic_add(&in_use, weight) > LIMIT)
        go_atomic_add(&over, 1);
    go_yield();
    go_atomic_add(&in_use, -weight);
    go_sema_release(&limit, weight);
}

static void task(int weight)
{
    go_sema_acquire(&limit, weight);
    use(weight);
}

static void tell(const char *who, int weight, go_waitgroup *wg)
{
    go_sema_acquire(&limit, weight);
    printf("%s has %d\n", who, weight);
    go_sema_release(&limit, weight);
    go_waitgroup_done(wg);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 100; i++)
        go_waitgroup_go(&wg, task, 1 + i % LIMIT);
    go_waitgroup_wait(&wg);
    printf("in use %d, times over the limit %d\n", in_use, over);

    go_sema_acquire(&limit, 5);
    go_waitgroup_add(&wg, 2);
    go(tell, "heavy", LIMIT, &wg);
    while (go_sema_try_acquire(&limit, 1)) { /* until it waits */
        go_sema_release(&limit, 1);
        go_yield();
    }
    go(tell, "light", 1, &wg);
    go_sleep(GO_MILLISECOND);
    printf("released\n");
    go_sema_release(&limit, 5);
    go_waitgroup_wait(&wg);
}
