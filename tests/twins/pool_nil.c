/* SPDX-License-Identifier: MIT */
/* An empty pool, with and without a function that makes new things. */
#include <goroutine.h>
#include <stdio.h>

static int made;

static void *make(void *arg)
{
    (void)arg;
    static int numbers[10];
    numbers[made] = 100 + made;
    return &numbers[made++];
}

int main(void)
{
    go_pool without = { 0 }, with = { .make = make };
    printf("without: %s\n", go_pool_get(&without) ? "something" : "nil");
    go_pool_put(&without, NULL);
    printf("after putting nil: %s\n", go_pool_get(&without) ? "something" : "nil");
    for (int i = 0; i < 3; i++)
        printf("with: %d\n", *(int *)go_pool_get(&with));
    printf("made %d\n", made);
    go_pool_end(&without);
    go_pool_end(&with);
}
