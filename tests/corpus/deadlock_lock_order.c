/* SPDX-License-Identifier: MIT */
/* Pattern: transfer(a, b) and transfer(b, a) at the same time, each taking first the lock
 * of the account it takes from.
 * Report: both transfers; main waits for them. */
#include "corpus.h"

struct account {
    go_mutex mu;
    int balance;
};

static go_chan(int) one_has, other_has;

static void transfer(struct account *from, struct account *to, go_chan(int) mine, go_chan(int) its)
{
    go_mutex_lock(&from->mu);
    go_close(mine);
    go_recv(its, NULL);
    go_mutex_lock(&to->mu);
    from->balance--;
    to->balance++;
    go_mutex_unlock(&to->mu);
    go_mutex_unlock(&from->mu);
}

int main(void)
{
    struct account a = { .balance = 1 }, b = { .balance = 1 };
    go_waitgroup wg = { 0 };
    one_has = go_make(int, 0);
    other_has = go_make(int, 0);
    go_waitgroup_go(&wg, transfer, &a, &b, one_has, other_has);
    go_waitgroup_go(&wg, transfer, &b, &a, other_has, one_has);
    go_waitgroup_wait(&wg);
}
