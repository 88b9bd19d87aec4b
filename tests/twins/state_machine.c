/* SPDX-License-Identifier: MIT */
/* A vending machine whose states are functions: each waits for what it understands
 * and returns the state that comes next. */
#include <goroutine.h>
#include <stdio.h>

struct machine {
    go_chan(int) coins;
    go_chan(const char *) buttons, tray;
    int credit, stock;
};

struct state {
    struct state (*run)(struct machine *m);
};

static struct state idle(struct machine *m);

static struct state sold_out(struct machine *m)
{
    int coin;
    if (!go_recv(m->coins, &coin))
        return (struct state){ NULL };
    go_send(m->tray, "coin back");
    return (struct state){ sold_out };
}

static struct state ready(struct machine *m)
{
    int coin;
    const char *button;
    switch (go_select(go_on_recv(m->coins, &coin), go_on_recv(m->buttons, &button))) {
    case 0:
        m->credit += coin;
        return (struct state){ ready };
    default:
        if (button[0] == 'c') {
            go_send(m->tray, "refund");
            m->credit = 0;
        } else {
            go_send(m->tray, m->credit > 100 ? "tea and change" : "tea");
            m->credit = 0;
            m->stock--;
        }
        return (struct state){ m->stock ? idle : sold_out };
    }
}

static struct state idle(struct machine *m)
{
    int coin;
    if (!go_recv(m->coins, &coin))
        return (struct state){ NULL };
    m->credit += coin;
    return (struct state){ m->credit >= 100 ? ready : idle };
}

static void run(struct machine *m)
{
    for (struct state s = { idle }; s.run;)
        s = s.run(m);
    go_close(m->tray);
}

int main(void)
{
    struct machine m = { go_make(int, 0), go_make(const char *, 0), go_make(const char *, 9), 0,
                         2 };
    go(run, &m);
    for (int i = 0; i < 2; i++)
        go_send(m.coins, 50);
    go_send(m.buttons, "tea");
    go_send(m.coins, 100);
    go_send(m.buttons, "cancel");
    go_send(m.coins, 20);
    go_send(m.coins, 80);
    go_send(m.coins, 10); /* more than it costs */
    go_send(m.buttons, "tea");
    go_send(m.coins, 100);
    go_close(m.coins);
    go_range (what, m.tray)
        printf("%s\n", what);
}
