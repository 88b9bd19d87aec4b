/* SPDX-License-Identifier: MIT */
/* When main returns the program ends; goroutines that still wait, sleep or run
 * are not waited for. */
#include <goroutine.h>
#include <stdio.h>

static int32_t running;

static void spin(void)
{
    go_atomic_store(&running, 1);
    for (;;)
        go_yield();
}

static void wait(go_chan(int) c)
{
    go_recv(c, NULL);
    printf("never printed\n");
}

static void doze(void)
{
    go_sleep(GO_HOUR);
    printf("never printed\n");
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go(wait, c);
    go(doze);
    go(spin);
    while (go_atomic_load(&running) == 0)
        go_yield();
    printf("main returns\n");
}
