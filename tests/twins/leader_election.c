/* SPDX-License-Identifier: MIT */
/* A ring elects the member with the highest number: smaller numbers are swallowed,
 * one's own that comes back round means victory. */
#include <goroutine.h>
#include <stdio.h>

enum { MEMBERS = 9 };

struct message {
    int number;
    bool elected;
};

typedef go_chan(struct message) link;

static void member(int number, link in, link out, int *leader)
{
    go_send(out, (struct message){ number, false });
    struct message m;
    while (go_recv(in, &m)) {
        if (m.elected) {
            *leader = m.number;
            if (m.number != number)
                go_send(out, m);
            return;
        }
        if (m.number > number)
            go_send(out, m);
        else if (m.number == number)
            go_send(out, (struct message){ number, true });
    }
}

static void elect(const int *numbers)
{
    link links[MEMBERS];
    int leaders[MEMBERS];
    go_waitgroup wg = { 0 };
    for (int i = 0; i < MEMBERS; i++)
        links[i] = go_make(struct message, MEMBERS);
    for (int i = 0; i < MEMBERS; i++)
        go_waitgroup_go(&wg, member, numbers[i], links[i], links[(i + 1) % MEMBERS], &leaders[i]);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < MEMBERS; i++) {
        printf("%d%s", leaders[i], i < MEMBERS - 1 ? " " : "\n");
        go_drop(links[i]);
    }
}

int main(void)
{
    elect((const int[]){ 3, 9, 4, 1, 7, 2, 8, 6, 5 });
    elect((const int[]){ 1, 2, 3, 4, 5, 6, 7, 8, 9 });
    elect((const int[]){ 90, 80, 70, 60, 50, 40, 30, 20, 10 });
}
