/* SPDX-License-Identifier: MIT */
/* A deadlock is found while long runs are observed: the thread that reports them is one
 * that will not act. */
#include <goroutine.h>
#include <sys/stat.h>

/* Until it has been reported; stderr is a file. */
static void compute(void)
{
    struct stat s = { 0 };
    for (int64_t end = go_now() + 20 * GO_SECOND; s.st_size == 0 && go_now() < end;)
        fstat(2, &s);
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
