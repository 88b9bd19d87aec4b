/* SPDX-License-Identifier: MIT */
/* Finding the goroutine that keeps a CPU from the others. */
#include <goroutine.h>
#include <stdio.h>

static go_bool found;

static void tell(const go_long_run *r, void *arg)
{
    (void)arg;
    printf("goroutine \"%s\" has computed for more than %d ms", r->name,
           (int)(r->computed / GO_MILLISECOND) / 30 * 30);
    if (r->nframes > 0 && r->frames[0].function)
        printf(", it is in %s", r->frames[0].function);
    printf("\n");
    go_bool_store(&found, true);
}

static void loop(void)
{
    go_set_name("mill");
    while (!go_bool_load(&found)) /* does not enter the scheduler */
        ;
}

int main(void)
{
    if (go_observe_long(30 * GO_MILLISECOND, tell, NULL) != 0)
        return 1;
    go(loop);
    while (!go_bool_load(&found))
        go_sleep(10 * GO_MILLISECOND);
    return 0;
}
