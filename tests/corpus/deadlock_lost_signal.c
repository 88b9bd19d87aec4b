/* SPDX-License-Identifier: MIT */
/* Pattern: the condition is looked at without the lock; the change and its signal come
 * between the look and the wait.
 * Report: main, in Cond.Wait. */
#include "corpus.h"

static go_mutex mu;
static go_cond cond;
static go_bool ready;
static go_chan(int) looked, changed;

static void change(void)
{
    go_recv(looked, NULL);
    go_bool_store(&ready, true);
    go_cond_signal(&cond);
    go_close(changed);
}

int main(void)
{
    looked = go_make(int, 0);
    changed = go_make(int, 0);
    go(change);
    if (!go_bool_load(&ready)) {
        go_close(looked);
        go_recv(changed, NULL); /* as bad luck would have it */
        go_mutex_lock(&mu);
        go_cond_wait(&cond, &mu);
        go_mutex_unlock(&mu);
    }
}
