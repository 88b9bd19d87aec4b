/* SPDX-License-Identifier: MIT */
/* threads - threads that are not the library's take part: they send, receive,
 * lock and start goroutines, and block as threads do. */
#include <goroutine.h>
#include <pthread.h>
#include <stdio.h>

struct shared {
    go_chan(int) numbers;
    go_mutex lock; /* protects sum */
    long sum;
};

static void *count(void *arg)
{
    struct shared *s = arg;
    for (int i = 1; i <= 1000; i++)
        go_send(s->numbers, i);
    return NULL;
}

static void add_up(struct shared *s)
{
    go_range (v, s->numbers)
        go_with_lock (&s->lock)
            s->sum += v;
}

static void *add_up_thread(void *arg)
{
    struct shared *s = arg;
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, add_up, s); /* a goroutine started by a thread */
    add_up(s);
    go_waitgroup_wait(&wg);
    return NULL;
}

int main(void)
{
    struct shared s = { .numbers = go_make(int, 16) };
    pthread_t producer[2], consumer;
    if (pthread_create(&consumer, NULL, add_up_thread, &s))
        return 1;
    for (int i = 0; i < 2; i++)
        if (pthread_create(&producer[i], NULL, count, &s))
            return 1;
    for (int i = 0; i < 2; i++)
        pthread_join(producer[i], NULL);
    go_close(s.numbers);
    pthread_join(consumer, NULL);
    printf("sum %ld\n", s.sum);
    go_drop(s.numbers);
    return s.sum != 1001000;
}
