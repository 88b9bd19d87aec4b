/* SPDX-License-Identifier: MIT */
/* Many ask for the setup, it happens once, and all see its result. */
#include <goroutine.h>
#include <stdio.h>

static go_once once;
static int config;
static int setups;
static int32_t right;

static void setup(void *value)
{
    setups++;
    config = *(int *)value;
}

static void use(int value)
{
    go_once_do(&once, setup, &value);
    if (config == 42)
        go_atomic_add(&right, 1);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 20; i++)
        go_waitgroup_go(&wg, use, 42);
    go_waitgroup_wait(&wg);
    printf("setups %d\n", setups);
    printf("goroutines that saw the result %d\n", go_atomic_load(&right));
}
