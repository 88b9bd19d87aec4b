/* SPDX-License-Identifier: MIT */
/* mutex - an account that many use at once.
 *
 * A waiting goroutine parks; its thread runs others.  go_with_lock unlocks on
 * every way out of the block, the early return included. */
#include <goroutine.h>
#include <stdio.h>

struct account {
    go_mutex lock; /* protects balance; ready to use when zero */
    int balance;
};

static bool withdraw(struct account *a, int amount)
{
    go_with_lock (&a->lock) {
        if (a->balance < amount)
            return false;
        a->balance -= amount;
    }
    return true;
}

static void deposit(struct account *a, int amount)
{
    go_mutex_lock(&a->lock);
    a->balance += amount;
    go_mutex_unlock(&a->lock);
}

static void spend(struct account *a)
{
    for (int i = 0; i < 1000; i++)
        if (!withdraw(a, 2))
            deposit(a, 1);
}

static void earn(struct account *a)
{
    for (int i = 0; i < 1000; i++)
        deposit(a, 3);
}

int main(void)
{
    struct account a = { .balance = 0 };
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 10; i++) {
        go_waitgroup_go(&wg, earn, &a);
        go_waitgroup_go(&wg, spend, &a);
    }
    go_waitgroup_wait(&wg);
    printf("balance: %d, never below 0\n", a.balance);
    return a.balance < 0;
}
