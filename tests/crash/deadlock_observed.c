/* SPDX-License-Identifier: MIT */
/* A deadlock is found while long runs are observed: the thread that reports them is one
 * that will not act. */
#include <goroutine.h>

static void compute(void)
{
    for (int64_t end = go_now() + 60 * GO_MILLISECOND; go_now() < end;)
        ;
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    int v;
    if (go_observe_long(5 * GO_MILLISECOND, NULL, NULL) != 0)
        return 1;
    go(compute);
    go_recv(c, &v);
    return 0;
}
