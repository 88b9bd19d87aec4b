/* SPDX-License-Identifier: MIT */
/* Ask seven replicas, go on with the first four answers; the others find a buffer
 * and need nobody to receive them. */
#include <goroutine.h>
#include <stdio.h>

enum { REPLICAS = 7, QUORUM = 4 };

struct answer {
    int version, value;
};

static void replica(int id, go_chan(struct answer) out, go_waitgroup *wg)
{
    /* Any four of them have one of the newest version among them. */
    int version = id % 2 ? 3 : 2 + (id == 0);
    go_send(out, (struct answer){ version, version * 111 });
    go_waitgroup_done(wg);
}

static struct answer ask(go_chan(struct answer) answers)
{
    struct answer best = { 0, 0 };
    for (int i = 0; i < QUORUM; i++) {
        struct answer a;
        go_recv(answers, &a);
        if (a.version > best.version)
            best = a;
    }
    return best;
}

int main(void)
{
    for (int round = 1; round <= 5; round++) {
        go_chan(struct answer) answers = go_make(struct answer, REPLICAS);
        go_waitgroup wg = { 0 };
        go_waitgroup_add(&wg, REPLICAS);
        for (int id = 0; id < REPLICAS; id++)
            go(replica, id, answers, &wg);
        struct answer best = ask(answers);
        go_waitgroup_wait(&wg);
        printf("round %d version %d value %d, too late %zu\n", round, best.version, best.value,
               go_len(answers));
        go_drop(answers);
    }
}
