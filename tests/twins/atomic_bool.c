/* SPDX-License-Identifier: MIT */
/* A flag that exactly one of many raises, and a lamp that everybody switches. */
#include <goroutine.h>
#include <stdio.h>

static go_bool raised, lamp;
static go_int32 winners, switched_on, switched_off;

static void visitor(void)
{
    if (go_bool_compare_and_swap(&raised, false, true))
        go_int32_add(&winners, 1);
    for (int i = 0; i < 100; i++) {
        bool was = go_bool_load(&lamp);
        if (go_bool_compare_and_swap(&lamp, was, !was))
            go_int32_add(was ? &switched_off : &switched_on, 1);
        else
            i--;
    }
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&wg, visitor);
    go_waitgroup_wait(&wg);
    printf("winners %d\n", go_int32_load(&winners));
    printf("on %d off %d\n", go_int32_load(&switched_on), go_int32_load(&switched_off));
    printf("lamp %s\n", go_bool_load(&lamp) ? "true" : "false");
    go_bool_store(&lamp, true);
    printf("was %s\n", go_bool_swap(&lamp, false) ? "true" : "false");
    printf("was %s\n", go_bool_swap(&lamp, false) ? "true" : "false");
}
