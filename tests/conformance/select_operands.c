/* SPDX-License-Identifier: MIT */
/* Go, "Select statements": operands are evaluated exactly once, in source order,
 * before the choice, also those of cases that lose. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

static char trace[64];
static go_chan(int) full, empty, ready;

static void note(char name)
{
    size_t n = strlen(trace);
    CHECK(n + 1 < sizeof trace);
    trace[n] = name;
}

static go_chan(int) chan_named(char name, go_chan(int) c)
{
    note(name);
    return c;
}

static int value_named(char name, int v)
{
    note(name);
    return v;
}

static int *slot_named(char name, int *p)
{
    note(name);
    return p;
}

int main(void)
{
    int a = -1, b = -1;
    full = go_make(int, 1);
    go_send(full, 9);
    empty = go_make(int, 1);
    ready = go_make(int, 1);

    CHECK_EQ(go_select(go_on_send(chan_named('a', full), value_named('b', 1)),
                       go_on_recv(chan_named('c', empty), slot_named('d', &a)),
                       go_on_send(chan_named('e', ready), value_named('f', 2)),
                       go_on_recv(chan_named('g', NULL), slot_named('h', &b))),
             2);
    CHECK(!strcmp(trace, "abcdefgh"));
    CHECK_EQ(a, -1);
    CHECK_EQ(b, -1);
    CHECK(go_recv(ready, &a));
    CHECK_EQ(a, 2);

    memset(trace, 0, sizeof trace);
    CHECK_EQ(go_select(go_on_send(chan_named('a', full), value_named('b', 1)), go_default()), 1);
    CHECK(!strcmp(trace, "ab"));

    /* break, continue and return mean in a switch over it what they always do. */
    int laps = 0;
    for (int i = 0; i < 10; i++) {
        switch (go_select(go_on_recv(empty, &a), go_default())) {
        case 0:
            CHECK(!"empty");
            break;
        case 1:
            if (i < 5)
                continue;
            break;
        }
        laps++;
    }
    CHECK_EQ(laps, 5);
    go_drop(full);
    go_drop(empty);
    go_drop(ready);
}
