/* SPDX-License-Identifier: MIT */
/* Pattern: both sides think that closing is theirs to do.
 * Report: no deadlock but a panic, in the second. */
#include "corpus.h"

static void produce(go_chan(int) out)
{
    go_send(out, 1);
    go_close(out);
}

static void shut_down(go_chan(int) c)
{
    go_recv(c, NULL);
    go_recv(c, NULL); /* closed: produce has ended */
    go_close(c);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go(produce, c);
    shut_down(c);
}
