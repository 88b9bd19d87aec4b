/* SPDX-License-Identifier: MIT */
/* SIGQUIT is answered also while every goroutine is in the kernel or computes,
 * also when it is delivered to a thread that is not ours. */
#include <goroutine.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static void spinner(void)
{
    for (;;)
        __asm__ volatile("");
}

static bool there;

static void parked(go_chan(int) c)
{
    go_atomic_store(&there, true);
    go_recv(c, NULL);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

static void *thread(void *arg)
{
    usleep(100 * 1000);
    raise(SIGQUIT);
    return arg;
}

int main(void)
{
    pthread_t t;
    go_chan(int) c = go_make(int, 0);
    go(parked, c);
    while (!go_atomic_load(&there))
        go_yield(); /* beside the others it may get its first turn late */
    for (int i = 0; i < 4; i++)
        go(spinner);
    go_yield();
    pthread_create(&t, NULL, thread, NULL);
    pthread_detach(t);
    sleep(20);
    return 0;
}
