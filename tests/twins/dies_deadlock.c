/* SPDX-License-Identifier: MIT */
/* A ring of goroutines that each wait for the one before: when the token is lost,
 * all are asleep, and the program says so. */
#include <goroutine.h>
#include <stdio.h>

enum { MEMBERS = 4 };

static void member(int id, go_chan(int) in, go_chan(int) out)
{
    int token;
    while (go_recv(in, &token)) {
        printf("member %d token %d\n", id, token);
        if (token < 9) /* the next is lost */
            go_send(out, token + 1);
    }
}

int main(void)
{
    go_chan(int) ring[MEMBERS];
    for (int i = 0; i < MEMBERS; i++)
        ring[i] = go_make(int, 0);
    for (int i = 1; i < MEMBERS; i++)
        go(member, i, ring[i - 1], ring[i]);
    go_send(ring[0], 1);
    member(0, ring[MEMBERS - 1], ring[0]);
}
