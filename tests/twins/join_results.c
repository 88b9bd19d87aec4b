/* SPDX-License-Identifier: MIT */
/* Goroutines are joined one by one; a panic in one is its result. */
#include <goroutine.h>
#include <stdio.h>

struct task {
    int n;
    long result;
    go_recovered failure;
    bool failed;
};

static void compute(struct task *t)
{
    if (t->n % 4 == 3)
        go_panic("task %d is odd in a bad way", t->n);
    for (int i = 1; i <= t->n; i++) {
        t->result += i;
        go_yield();
    }
}

static void run(struct task *t)
{
    t->failed = go_recover(&t->failure, compute, t);
}

int main(void)
{
    enum { N = 10 };
    static struct task tasks[N];
    go_handle *h[N];
    for (int i = 0; i < N; i++) {
        tasks[i].n = i;
        h[i] = go_start(run, &tasks[i]);
    }
    for (int i = 0; i < N; i++) {
        go_join(h[i]);
        if (tasks[i].failed)
            printf("%d: %s\n", i, tasks[i].failure.text);
        else
            printf("%d: %ld\n", i, tasks[i].result);
    }
}
