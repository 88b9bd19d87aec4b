/* SPDX-License-Identifier: MIT */
/* Transfers between accounts; locks are taken in the order of the accounts. */
#include <goroutine.h>
#include <stdio.h>

enum { ACCOUNTS = 6, TELLERS = 4, TRANSFERS = 500 };

struct account {
    go_mutex mu;
    int balance;
};

static struct account bank[ACCOUNTS];

static void transfer(int from, int to, int amount)
{
    struct account *first = &bank[from < to ? from : to];
    struct account *second = &bank[from < to ? to : from];
    go_with_lock (&first->mu) {
        go_with_lock (&second->mu) {
            bank[from].balance -= amount;
            bank[to].balance += amount;
        }
    }
}

static void teller(int id)
{
    uint32_t seed = (uint32_t)id;
    for (int i = 0; i < TRANSFERS; i++) {
        seed = seed * 1664525 + 1013904223;
        int from = (int)(seed >> 8) % ACCOUNTS;
        int to = (from + 1 + (int)(seed >> 16) % (ACCOUNTS - 1)) % ACCOUNTS;
        transfer(from, to, (int)(seed >> 24));
    }
}

int main(void)
{
    for (int i = 0; i < ACCOUNTS; i++)
        bank[i].balance = 10000;
    go_waitgroup wg = { 0 };
    for (int id = 1; id <= TELLERS; id++)
        go_waitgroup_go(&wg, teller, id);
    go_waitgroup_wait(&wg);

    int total = 0;
    for (int i = 0; i < ACCOUNTS; i++) {
        printf("account %d balance %d\n", i, bank[i].balance);
        total += bank[i].balance;
    }
    printf("total %d\n", total);
}
