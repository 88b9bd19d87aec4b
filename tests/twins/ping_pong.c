/* SPDX-License-Identifier: MIT */
/* Two players and one ball: whoever has the ball may act. */
#include <goroutine.h>
#include <stdio.h>

struct ball {
    int hits;
};

static void player(const char *name, go_chan(struct ball) in, go_chan(struct ball) out)
{
    go_range (b, in) {
        b.hits++;
        printf("%s %d\n", name, b.hits);
        go_send(out, b);
    }
    go_close(out);
}

int main(void)
{
    go_chan(struct ball) left = go_make(struct ball, 0);
    go_chan(struct ball) right = go_make(struct ball, 0);
    go_chan(struct ball) back = go_make(struct ball, 0);
    go(player, "ping", left, right);
    go(player, "pong", right, back);

    struct ball b = { 0 };
    while (b.hits < 10) {
        go_send(left, b);
        go_recv(back, &b);
    }
    go_close(left); /* each player passes the end on */
    bool ok = go_recv(back, NULL);
    printf("game over after %d hits, more: %s\n", b.hits, ok ? "true" : "false");
    go_drop(left);
    go_drop(right);
    go_drop(back);
}
