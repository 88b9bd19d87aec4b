/* SPDX-License-Identifier: MIT */
/* Deadlock detection is precise about threads that are not ours: one that runs
 * may still wake somebody; when it has ended nobody can. */
#include <goroutine.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *thread(void *c)
{
    go_send((go_chan(int))c, 1);
    usleep(200 * 1000);
    fprintf(stderr, "the thread ends\n");
    return NULL;
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    pthread_t t;
    pthread_create(&t, NULL, thread, c);
    pthread_detach(t);
    go_recv(c, NULL);
    go_recv(c, NULL);
    return 0;
}
