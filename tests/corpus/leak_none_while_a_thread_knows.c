/* SPDX-License-Identifier: MIT */
/* Control: only a foreign thread, which is in a system call, and a goroutine that
 * computes know the channels.
 * Report: nobody. */
#include "corpus.h"

#include <pthread.h>

static int pipe_ends[2];
static go_bool stop;

static void receiver(go_chan(int) c)
{
    go_recv(c, NULL);
    go_yield();
}

static void *thread(void *arg)
{
    char byte;
    if (read(pipe_ends[0], &byte, 1) != 1)
        _Exit(1);
    go_send((go_chan(int))arg, 1);
    return NULL;
}

static void compute(go_chan(int) c)
{
    while (!go_bool_load(&stop))
        ;
    go_send(c, 1);
}

static corpus_part pthread_t run(void)
{
    pthread_t t;
    go_chan(int) c = go_make(int, 0), d = go_make(int, 0);
    go(receiver, c);
    go(receiver, d);
    go(compute, d);
    if (pipe(pipe_ends) != 0 || pthread_create(&t, NULL, thread, (void *)c) != 0)
        _Exit(1);
    return t;
}

int main(void)
{
    pthread_t t = run();
    for (int i = 0; i < 20; i++) {
        corpus_wait_leaked(0);
        go_sleep(GO_MILLISECOND);
    }
    corpus_leaks(0);
    go_bool_store(&stop, true);
    if (write(pipe_ends[1], "", 1) != 1)
        return 1;
    pthread_join(t, NULL);
    while (go_count() > 1)
        go_sleep(GO_MILLISECOND);
}
