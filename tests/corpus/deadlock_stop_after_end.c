/* SPDX-License-Identifier: MIT */
/* Pattern: stop() hands a message to the goroutine that it stops; that one has ended by
 * itself.
 * Report: main, sending in stop. */
#include "corpus.h"

struct service {
    go_chan(int) quit, ended;
};

static void serve(struct service *s)
{
    go_close(s->ended); /* nothing to serve */
}

static void stop(struct service *s)
{
    go_send(s->quit, 0);
}

int main(void)
{
    struct service s = { go_make(int, 0), go_make(int, 0) };
    go(serve, &s);
    go_recv(s.ended, NULL);
    stop(&s);
}
