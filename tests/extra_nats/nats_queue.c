/* SPDX-License-Identifier: MIT */
/* A queue group shares the work: each message goes to exactly one member, in whatever
 * process it is; who is not of the group gets all. */
#include "support.h"

#define TASKS   3000
#define MEMBERS 4

static void work(go_nats *nc, go_nats_sub *sub)
{
    go_range (m, go_nats_messages(sub)) {
        say(nc, "result", m->data);
        go_nats_message_drop(m);
    }
}

/* Members of the group, until "stop". */
static int worker(const char *url)
{
    go_nats *nc = connect_to(url);
    go_nats_sub *sub[MEMBERS], *stop = subscribe(nc, "stop", (go_nats_sub_options){ 0 });
    go_waitgroup wg = { 0 };
    for (int i = 0; i < MEMBERS; i++) {
        sub[i] = subscribe(nc, "task", (go_nats_sub_options){ .queue = "workers" });
        go_waitgroup_go(&wg, work, nc, sub[i]);
    }
    CHECK_OK(go_nats_flush(nc, LAST));
    say(nc, "ready", "");
    go_nats_message_drop(next(stop));
    for (int i = 0; i < MEMBERS; i++)
        go_nats_unsubscribe(sub[i]);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < MEMBERS; i++)
        go_nats_sub_drop(sub[i]);
    go_nats_sub_drop(stop);
    go_nats_drop(nc);
    return 0;
}

int main(int argc, char **argv)
{
    static char seen[TASKS];
    if (argc == 3)
        return worker(argv[2]);
    guard_start();
    server_start("");
    go_nats *nc = connect_to(server_url());
    go_nats_sub *ready = subscribe(nc, "ready", (go_nats_sub_options){ 0 });
    go_nats_sub *result = subscribe(nc, "result", (go_nats_sub_options){ 0 });
    go_nats_sub *all = subscribe(nc, "task", (go_nats_sub_options){ 0 });
    CHECK_OK(go_nats_flush(nc, LAST));
    pid_t child[2] = { child_start("worker"), child_start("worker") };
    for (int i = 0; i < 2; i++)
        go_nats_message_drop(next(ready));
    for (int i = 0; i < TASKS; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        say(nc, "task", text);
    }
    for (int i = 0; i < TASKS; i++) {
        go_nats_message *m = next(result);
        int n = atoi(m->data);
        CHECK(n >= 0 && n < TASKS && !seen[n]);
        seen[n] = 1;
        go_nats_message_drop(m);
        m = next(all); /* in order, for one publisher */
        CHECK_EQ(atoi(m->data), i);
        go_nats_message_drop(m);
    }
    say(nc, "stop", "");
    for (int i = 0; i < 2; i++)
        CHECK_EQ(child_wait(child[i]), 0);
    /* Both have sent all they would: nothing came twice. */
    CHECK_OK(go_nats_flush(nc, LAST));
    CHECK_EQ(go_len(go_nats_messages(result)) + go_nats_pending(result), 0);
    CHECK_EQ(go_nats_dropped(result) + go_nats_dropped(all), 0);
    go_nats_sub_drop(ready);
    go_nats_sub_drop(result);
    go_nats_sub_drop(all);
    go_nats_drop(nc);
}
