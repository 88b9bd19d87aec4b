/* SPDX-License-Identifier: MIT */
/* Pattern: a function that returns early without unlocking; whoever comes next waits for
 * ever.  The lock lies in an object that only those who wait still know.
 * Report: the next one, locking. */
#include "corpus.h"

struct account {
    go_mutex mu;
    int balance;
};

static int withdraw(struct account *a, int n)
{
    go_mutex_lock(&a->mu);
    if (n > a->balance)
        return -1; /* still locked */
    a->balance -= n;
    go_mutex_unlock(&a->mu);
    return 0;
}

static void two_orders(struct account *a)
{
    if (withdraw(a, 100) != 0)
        withdraw(a, 1);
    free(a);
}

static corpus_part void run(void)
{
    struct account *a = calloc(1, sizeof *a);
    a->balance = 10;
    go(two_orders, a);
}

int main(void)
{
    run();
    corpus_leaks(1);
}
