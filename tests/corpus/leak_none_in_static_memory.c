/* SPDX-License-Identifier: MIT */
/* Control: a lock and a channel in static memory, and one in a list that begins there.
 * Whoever runs can get at them.
 * Report: nobody. */
#include "corpus.h"

struct node {
    struct node *next;
    go_chan(int) c;
};

static go_mutex lock;
static go_chan(int) events;
static struct node *list;

static void locker(void)
{
    go_mutex_lock(&lock);
    go_mutex_unlock(&lock);
}

static void receiver(go_chan(int) c)
{
    go_recv(c, NULL);
    go_yield();
}

static corpus_part void run(void)
{
    events = go_make(int, 0);
    go_mutex_lock(&lock);
    go(locker);
    go(receiver, events);
    for (int i = 0; i < 3; i++) {
        struct node *n = malloc(sizeof *n);
        *n = (struct node){ list, go_make(int, 0) };
        list = n;
        go(receiver, n->c);
    }
}

/* So that it is really reached: all come to their end. */
static void finish(void)
{
    go_mutex_unlock(&lock);
    go_close(events);
    for (struct node *n = list; n; n = n->next)
        go_close(n->c);
    while (go_count() > 1)
        go_sleep(GO_MILLISECOND);
}

int main(void)
{
    run();
    for (int i = 0; i < 5; i++) {
        corpus_wait_leaked(0);
        go_sleep(GO_MILLISECOND);
    }
    corpus_leaks(0);
    finish();
}
