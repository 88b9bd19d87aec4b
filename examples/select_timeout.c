/* SPDX-License-Identifier: MIT */
/* select_timeout - wait for whichever comes first, but not for ever. */
#include <goroutine.h>
#include <stdio.h>

static void answer_after(int64_t d, const char *text, go_chan(const char *) c)
{
    go_sleep(d);
    go_send(c, text);
    go_drop(c); /* our own hold: main may have given up and gone on */
}

static void ask(const char *who, int64_t delay)
{
    const char *text;
    go_chan(const char *) c = go_make(const char *, 1); /* room, should we give up */
    go(answer_after, delay, "42", go_hold(c));

    switch (go_select(go_on_recv(c, &text), go_on_timeout(50 * GO_MILLISECOND))) {
    case 0:
        printf("%s answers %s\n", who, text);
        break;
    case 1:
        printf("%s is too slow\n", who);
        break;
    }
    go_drop(c);
}

int main(void)
{
    ask("the hare", 5 * GO_MILLISECOND);
    ask("the tortoise", 5 * GO_SECOND);

    go_chan(int) empty = go_make(int, 0);
    if (go_select(go_on_recv(empty, NULL), go_default()) == 1)
        printf("nothing there, and nobody waited\n");
    go_drop(empty);
}
