/* SPDX-License-Identifier: MIT */
/* Three smokers each have one ingredient without end; the agent lays the other two
 * on the table, and only the right one may smoke. */
#include <goroutine.h>
#include <stdio.h>

enum { TOBACCO, PAPER, MATCHES, KINDS };

static const char *const names[KINDS] = { "tobacco", "paper", "matches" };

struct table {
    go_mutex mu;
    go_cond changed;
    bool there[KINDS];
    bool closed;
    int smoked[KINDS];
};

static bool all_but(const struct table *t, int mine)
{
    return t->there[(mine + 1) % KINDS] && t->there[(mine + 2) % KINDS];
}

static void smoker(struct table *t, int mine)
{
    go_mutex_lock(&t->mu);
    for (;;) {
        while (!all_but(t, mine) && !t->closed)
            go_cond_wait(&t->changed, &t->mu);
        if (!all_but(t, mine))
            break;
        t->there[(mine + 1) % KINDS] = t->there[(mine + 2) % KINDS] = false;
        t->smoked[mine]++;
        printf("the one with %s smokes\n", names[mine]);
        go_cond_broadcast(&t->changed);
    }
    go_mutex_unlock(&t->mu);
}

static void lay(struct table *t, int missing)
{
    go_with_lock (&t->mu) {
        while (t->there[0] || t->there[1] || t->there[2])
            go_cond_wait(&t->changed, &t->mu);
        for (int kind = 0; kind < KINDS; kind++)
            t->there[kind] = kind != missing;
        go_cond_broadcast(&t->changed);
    }
}

int main(void)
{
    struct table t = { 0 };
    go_waitgroup wg = { 0 };
    for (int kind = 0; kind < KINDS; kind++)
        go_waitgroup_go(&wg, smoker, &t, kind);
    uint32_t seed = 3;
    for (int i = 0; i < 10; i++) {
        seed = seed * 1664525 + 1013904223;
        lay(&t, (int)(seed >> 16) % KINDS);
    }
    go_with_lock (&t.mu) {
        t.closed = true;
        go_cond_broadcast(&t.changed);
    }
    go_waitgroup_wait(&wg);
    for (int kind = 0; kind < KINDS; kind++)
        printf("%s: %d\n", names[kind], t.smoked[kind]);
}
