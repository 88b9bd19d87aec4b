/* SPDX-License-Identifier: MIT */
/* When both sides are ready all the time, each is chosen about half of the time. */
#include <goroutine.h>
#include <stdio.h>

enum { ROUNDS = 10000 };

static const char *about_half(int n)
{
    return n > ROUNDS * 45 / 100 && n < ROUNDS * 55 / 100 ? "about half" : "not half";
}

int main(void)
{
    go_chan(int) a = go_make(int, 1), b = go_make(int, 1);
    int chosen[2] = { 0 };
    go_send(a, 0);
    go_send(b, 1);
    for (int i = 0; i < ROUNDS; i++) {
        int v;
        switch (go_select(go_on_recv(a, &v), go_on_recv(b, &v))) {
        case 0:
            chosen[0]++;
            go_send(a, v);
            break;
        case 1:
            chosen[1]++;
            go_send(b, v);
            break;
        }
    }
    printf("first: %s, second: %s\n", about_half(chosen[0]), about_half(chosen[1]));

    int in = 0;
    for (int i = 0; i < ROUNDS; i++) {
        switch (go_select(go_on_recv(a, NULL), go_on_send(a, 5))) {
        case 0:
            in++;
            break;
        case 1:
            break; /* the next one can only receive */
        }
    }
    printf("in and out of one channel: %s\n", about_half(in));
    go_drop(a);
    go_drop(b);
}
