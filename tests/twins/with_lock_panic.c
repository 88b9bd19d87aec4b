/* SPDX-License-Identifier: MIT */
/* A lock held by a scope is given back when a panic leaves it. */
#include <goroutine.h>
#include <stdio.h>

static go_mutex m;
static int balance = 100;

static void withdraw(int n)
{
    go_with_lock (&m) {
        if (n > balance)
            go_panic("%d is more than %d", n, balance);
        balance -= n;
    }
}

static void customer(int n)
{
    go_recovered r;
    if (go_recover(&r, withdraw, n))
        printf("refused: %s\n", r.text);
    else
        printf("paid %d\n", n);
}

int main(void)
{
    static const int amounts[] = { 30, 80, 70, 1 };
    for (int i = 0; i < 4; i++) {
        go_waitgroup wg = { 0 };
        go_waitgroup_go(&wg, customer, amounts[i]);
        go_waitgroup_wait(&wg);
    }
    bool free = go_mutex_try_lock(&m);
    printf("balance %d, unlocked: %s\n", balance, free ? "true" : "false");
}
