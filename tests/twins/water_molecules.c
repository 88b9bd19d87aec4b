/* SPDX-License-Identifier: MIT */
/* Two hydrogens and one oxygen go together: three atoms at a time, whoever comes. */
#include <goroutine.h>
#include <stdio.h>

enum { MOLECULES = 30 };

struct vessel {
    go_chan(char) hydrogen, oxygen; /* places for the next molecule */
    go_mutex mu;
    go_cond full;
    int inside, molecules; /* mu */
    int counts[2];         /* mu: of the atoms inside */
    int wrong;             /* mu */
};

/* bond waits for the other two. */
static void bond(struct vessel *v, int kind)
{
    go_with_lock (&v->mu) {
        int now = v->molecules;
        v->counts[kind]++;
        if (++v->inside == 3) {
            v->wrong += v->counts[0] != 2 || v->counts[1] != 1;
            v->inside = v->counts[0] = v->counts[1] = 0;
            v->molecules++;
            go_cond_broadcast(&v->full);
            for (int i = 0; i < 3; i++) { /* room for the next */
                if (i < 2)
                    go_recv(v->hydrogen, NULL);
                else
                    go_recv(v->oxygen, NULL);
            }
        }
        while (v->molecules == now)
            go_cond_wait(&v->full, &v->mu);
    }
}

static void atom(struct vessel *v, int kind)
{
    go_send(kind ? v->oxygen : v->hydrogen, 1);
    bond(v, kind);
}

int main(void)
{
    struct vessel v = { .hydrogen = go_make(char, 2), .oxygen = go_make(char, 1) };
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 2 * MOLECULES; i++)
        go_waitgroup_go(&wg, atom, &v, 0);
    for (int i = 0; i < MOLECULES; i++)
        go_waitgroup_go(&wg, atom, &v, 1);
    go_waitgroup_wait(&wg);
    printf("molecules %d wrong %d left over %d\n", v.molecules, v.wrong, v.inside);
    go_drop(v.hydrogen);
    go_drop(v.oxygen);
}
