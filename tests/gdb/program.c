/* SPDX-License-Identifier: MIT */
/* For tests/gdb/run.sh: goroutines that are parked, and one that stops at
 * break_here(). */
#include <goroutine.h>

void break_here(void);
__attribute__((noinline)) void break_here(void)
{
    __asm__ volatile("" ::: "memory");
}

static __attribute__((noinline)) void parked_inner(go_chan(int) c)
{
    int v;
    while (go_recv(c, &v))
        break_here();
}

static __attribute__((noinline)) void parked_outer(go_chan(int) c)
{
    parked_inner(c);
    __asm__ volatile("" ::: "memory");
}

static __attribute__((noinline)) void selecting(go_chan(int) c, go_chan(int) d)
{
    int v, w;
    switch (go_select(go_on_recv(c, &v), go_on_recv(d, &w))) {
    default:
        break_here();
    }
}

/* Stops again and again, so that the debugger can wait for the others to park. */
static __attribute__((noinline)) void worker(int n)
{
    while (n-- > 0) {
        break_here();
        go_yield();
    }
}

int main(void)
{
    go_waitgroup wg = { 0 };
    go_chan(int) c = go_make(int, 0);
    go_with(go_attr(.name = "the parked"), parked_outer, c);
    go(selecting, c, go_make(int, 1));
    go_waitgroup_go(&wg, worker, 1000000);
    go_waitgroup_wait(&wg);
    return 0;
}
