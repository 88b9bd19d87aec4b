/* SPDX-License-Identifier: MIT */
/* A broker: subscribers come and go, each gets all that is published on its topic
 * while it is there, in order. */
#include <goroutine.h>
#include <stdio.h>

enum { MOST = 8 };

struct subscription {
    int topic;
    go_chan(int) to;
};

struct publication {
    int topic, value;
};

struct broker {
    go_chan(struct subscription) subscribe, leave;
    go_chan(struct publication) publish;
};

static void run(struct broker b)
{
    struct subscription all[MOST], s;
    struct publication p;
    int n = 0;
    for (;;) {
        int chosen = go_select(go_on_recv(b.subscribe, &s), go_on_recv(b.publish, &p),
                               go_on_recv(b.leave, &s));
        bool open = go_selected_ok();
        switch (chosen) {
        case 0:
            all[n++] = s;
            break;
        case 1:
            for (int i = 0; i < n; i++) {
                if (!open)
                    go_close(all[i].to);
                else if (all[i].topic == p.topic)
                    go_send(all[i].to, p.value);
            }
            if (!open)
                return;
            break;
        case 2:
            for (int i = 0; i < n; i++) {
                if (all[i].to == s.to) {
                    go_close(s.to);
                    all[i--] = all[--n];
                }
            }
            break;
        }
    }
}

static void listen(go_chan(int) in, int *sum, int *hash)
{
    go_range (v, in) {
        *sum += v;
        *hash = (*hash * 31 + v) % 10007;
    }
}

int main(void)
{
    struct broker b = { go_make(struct subscription, 0), go_make(struct subscription, 0),
                        go_make(struct publication, 0) };
    go_chan(int) to[4];
    int sums[4] = { 0 }, hashes[4] = { 0 };
    go_waitgroup wg = { 0 };
    go(run, b);
    for (int i = 0; i < 4; i++) {
        to[i] = go_make(int, 2);
        go_waitgroup_go(&wg, listen, to[i], &sums[i], &hashes[i]);
        go_send(b.subscribe, (struct subscription){ i % 2, to[i] });
    }
    for (int v = 1; v <= 30; v++) {
        if (v == 21)
            go_send(b.leave, (struct subscription){ 0, to[2] });
        go_send(b.publish, (struct publication){ v % 3, v });
    }
    go_close(b.publish);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < 4; i++)
        printf("subscriber %d of topic %d: sum %d hash %d\n", i, i % 2, sums[i], hashes[i]);
}
