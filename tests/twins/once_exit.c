/* SPDX-License-Identifier: MIT */
/* A function that ends its goroutine has been run all the same: the next one does
 * not run it again. */
#include <goroutine.h>
#include <stdio.h>

static go_once once;
static go_int32 ran, returned;

static void leave(void *arg)
{
    (void)arg;
    go_int32_add(&ran, 1);
    go_exit();
}

static void try_it(void)
{
    go_once_do(&once, leave, NULL);
    go_int32_add(&returned, 1);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 5; i++)
        go_waitgroup_go(&wg, try_it);
    go_waitgroup_wait(&wg);
    printf("ran %d returned %d\n", go_int32_load(&ran), go_int32_load(&returned));
    try_it();
    printf("ran %d returned %d\n", go_int32_load(&ran), go_int32_load(&returned));
}
