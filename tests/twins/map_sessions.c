/* SPDX-License-Identifier: MIT */
/* sync.Map: sessions come, are looked up and leave; each leaves once. */
#include <goroutine.h>
#include <stdio.h>

enum { SESSIONS = 400, CLERKS = 4 };

static go_map sessions;
static int ended, found; /* atomic */

static void open_all(go_chan(int) c)
{
    for (int i = 1; i <= SESSIONS; i++) {
        if (go_map_store(&sessions, GO_MAP_KEY(i), (void *)(intptr_t)(i * 10)))
            return;
        for (int k = 0; k < CLERKS; k++)
            go_send(c, i);
    }
    go_close(c);
}

static void clerk(go_chan(int) c)
{
    int id;
    while (go_recv(c, &id)) {
        void *v;
        if (go_map_load_and_delete(&sessions, GO_MAP_KEY(id), &v)) {
            go_atomic_add(&ended, 1);
            go_atomic_add(&found, (int)(intptr_t)v);
        }
    }
}

static bool count(const void *key, void *value, void *arg)
{
    (void)key, (void)value;
    ++*(int *)arg;
    return true;
}

int main(void)
{
    go_chan(int) c = go_make(int, 8);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < CLERKS; i++)
        go_waitgroup_go(&wg, clerk, c);
    open_all(c);
    go_waitgroup_wait(&wg);
    int left = 0;
    go_map_range(&sessions, count, &left);
    printf("ended %d\nfound %d\nleft %d\n", ended, found, left);
    go_map_free(&sessions);
    go_drop(c);
}
