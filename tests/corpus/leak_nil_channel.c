/* SPDX-License-Identifier: MIT */
/* Pattern: a channel that is made in one branch only; in the other it is nil, and a nil
 * channel is never ready.
 * Report: the goroutine, receiving from nil. */
#include "corpus.h"

struct options {
    bool notify;
};

static void wait_for_notice(go_chan(int) notices)
{
    int n = 0;
    go_recv(notices, &n);
    exit(n);
}

static corpus_part void start(struct options o)
{
    go_chan(int) notices = NULL;
    if (o.notify)
        notices = go_make(int, 1);
    go(wait_for_notice, notices);
}

int main(void)
{
    start((struct options){ .notify = false });
    corpus_leaks(1);
}
