/* SPDX-License-Identifier: MIT */
/* Pattern: a pointer is sent, and what it points to is changed for the next one.
 * Right: each message is its own.
 * Report: the sender's write, the receiver's read. */
#include "race.h"

struct message {
    int n;
};

static void receiver(go_chan(struct message *) in)
{
    struct message *first, *second;
    go_recv(in, &first);
    race_meet(2);
    if (first->n < 1)
        exit(1);
    go_recv(in, &second);
    if (second->n != 2)
        exit(1);
    go_close(in);
}

int main(int argc, char **argv)
{
    race_begin(argc, argv);
    struct message a = { 1 }, b = { 2 };
    go_chan(struct message *) c = go_make(struct message *, 0);
    go(receiver, c);
    go_send(c, &a);
    race_meet(2);
    if (racy)
        a.n = 2;
    go_send(c, racy ? &a : &b);
    struct message *none;
    return go_recv(c, &none);
}
