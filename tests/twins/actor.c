/* SPDX-License-Identifier: MIT */
/* One goroutine owns the state; the others send it functions to run on it. */
#include <goroutine.h>
#include <stdio.h>

struct state {
    int total, calls;
};

struct command {
    void (*run)(struct state *s, int n);
    int n;
};

static void add(struct state *s, int n)
{
    s->total += n;
}

static void subtract(struct state *s, int n)
{
    s->total -= n;
}

static void owner(go_chan(struct command) commands, go_chan(struct state) final)
{
    struct state s = { 0 };
    go_range (c, commands) {
        c.run(&s, c.n);
        s.calls++;
    }
    go_send(final, s);
}

static void customer(go_chan(struct command) commands, int i)
{
    go_send(commands, (struct command){ add, i * 100 });
    go_send(commands, (struct command){ subtract, i });
}

int main(void)
{
    go_chan(struct command) commands = go_make(struct command, 4);
    go_chan(struct state) final = go_make(struct state, 0);
    go(owner, commands, final);

    go_waitgroup wg = { 0 };
    for (int i = 1; i <= 10; i++)
        go_waitgroup_go(&wg, customer, commands, i);
    go_waitgroup_wait(&wg);
    go_close(commands);
    struct state s;
    go_recv(final, &s);
    printf("total %d after %d calls\n", s.total, s.calls);
    go_drop(commands);
    go_drop(final);
}
