/* SPDX-License-Identifier: MIT */
/* dump - see every goroutine: its name, what it waits for, its stack, and where
 * it was made.  kill -QUIT shows the same of any program, and ends it. */
#include <goroutine.h>
#include <unistd.h>

static void wait_for_work(go_chan(int) work)
{
    int job;
    while (go_recv(work, &job))
        go_yield();
}

static void doze(void)
{
    for (;;)
        go_sleep(GO_HOUR);
}

int main(void)
{
    go_chan(int) work = go_make(int, 0);
    for (int i = 0; i < 3; i++)
        go_with(go_attr(.name = "worker"), wait_for_work, work);
    go(doze);
    go_sleep(10 * GO_MILLISECOND);
    go_dump(STDOUT_FILENO);
}
