/* SPDX-License-Identifier: MIT */
/* Waits for a group and for an announcement that end when the time is up. */
#include <goroutine.h>
#include <stdio.h>

static const char *word(int err)
{
    return err == 0 ? "in time" : err == -ETIMEDOUT ? "too late" : "?";
}

static int64_t soon(void)
{
    return go_now() + 3 * GO_MILLISECOND;
}

static void worker(go_chan(char) gate)
{
    go_recv(gate, NULL);
}

struct mailbox {
    go_mutex mu;
    go_cond arrived;
    int letters; /* mu */
};

/* take waits for a letter with the mutex held, which it also has afterwards. */
static int take(struct mailbox *box, int64_t deadline)
{
    int err = 0;
    while (box->letters == 0 && err == 0)
        err = go_cond_wait_until(&box->arrived, &box->mu, deadline);
    if (box->letters > 0)
        box->letters--;
    return err;
}

static void post(struct mailbox *box)
{
    go_with_lock (&box->mu) {
        box->letters++;
        go_cond_signal(&box->arrived);
    }
}

int main(void)
{
    go_waitgroup wg = { 0 };
    go_chan(char) gate = go_make(char, 0);
    printf("nothing to wait for: %s\n", word(go_waitgroup_wait_until(&wg, 0)));
    go_waitgroup_go(&wg, worker, gate);
    go_waitgroup_go(&wg, worker, gate);
    printf("none is done: %s\n", word(go_waitgroup_wait_until(&wg, soon())));
    go_send(gate, 1);
    printf("one is done: %s\n", word(go_waitgroup_wait_until(&wg, soon())));
    go_send(gate, 1);
    printf("both are done: %s\n", word(go_waitgroup_wait_until(&wg, go_now() + GO_HOUR)));

    struct mailbox box = { 0 };
    go_mutex_lock(&box.mu);
    printf("no letter: %s\n", word(take(&box, soon())));
    printf("still locked: %s\n", go_mutex_try_lock(&box.mu) ? "false" : "true");
    go(post, &box);
    printf("a letter: %s\n", word(take(&box, go_now() + GO_HOUR)));
    printf("no other: %s, %d left\n", word(take(&box, soon())), box.letters);
    go_mutex_unlock(&box.mu);
    go_drop(gate);
}
