/* SPDX-License-Identifier: MIT */
/* Shortest paths by messages: each town tells its neighbours when it hears of a
 * shorter way; a counter of messages under way tells when all is quiet. */
#include <goroutine.h>
#include <stdio.h>

enum { TOWNS = 7, FAR = 1000000 };

static const int roads[][3] = { { 0, 1, 7 },  { 0, 2, 9 }, { 0, 5, 14 }, { 1, 2, 10 }, { 1, 3, 15 },
                                { 2, 3, 11 }, { 2, 5, 2 }, { 3, 4, 6 },  { 4, 5, 9 } };
enum { ROADS = sizeof(roads) / sizeof(roads[0]) };

static go_chan(int) inbox[TOWNS];
static go_waitgroup messages;
static int distance[TOWNS];

static void tell(int to, int d)
{
    go_send(inbox[to], d);
}

static void town(int id)
{
    distance[id] = FAR;
    go_range (d, inbox[id]) {
        if (d < distance[id]) {
            distance[id] = d;
            for (int r = 0; r < ROADS; r++) {
                for (int end = 0; end < 2; end++) {
                    if (roads[r][end] == id) {
                        go_waitgroup_add(&messages, 1);
                        go(tell, roads[r][1 - end], d + roads[r][2]);
                    }
                }
            }
        }
        go_waitgroup_done(&messages);
    }
}

int main(void)
{
    go_waitgroup towns = { 0 };
    for (int id = 0; id < TOWNS; id++)
        inbox[id] = go_make(int, 0);
    for (int id = 0; id < TOWNS; id++)
        go_waitgroup_go(&towns, town, id);
    go_waitgroup_add(&messages, 1);
    tell(0, 0);
    go_waitgroup_wait(&messages);
    for (int id = 0; id < TOWNS; id++)
        go_close(inbox[id]);
    go_waitgroup_wait(&towns);
    for (int id = 0; id < TOWNS; id++) {
        if (distance[id] < FAR)
            printf("town %d at %d\n", id, distance[id]);
        else
            printf("town %d has no road\n", id);
    }
}
