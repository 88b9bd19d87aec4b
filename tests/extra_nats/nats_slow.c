/* SPDX-License-Identifier: MIT */
/* A slow receiver: what exceeds the limits behind its channel is dropped, counted and told
 * once; others on the same connection miss nothing. */
#include "support.h"

#define SENT 2000

static void by_messages(go_nats *nc)
{
    go_nats_sub *slow =
        subscribe(nc, "s.slow", (go_nats_sub_options){ .capacity = 10, .pending_messages = 90 });
    go_nats_sub *quick = subscribe(nc, "s.*", (go_nats_sub_options){ .capacity = 1 });
    for (int i = 0; i < SENT; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        say(nc, "s.slow", text);
    }
    for (int i = 0; i < SENT; i++) {
        go_nats_message *m = next(quick);
        CHECK_EQ(atoi(m->data), i);
        go_nats_message_drop(m);
    }
    /* What the channel and the queue take, and not one more. */
    uint64_t dropped = SENT - 100;
    WAIT_FOR(go_nats_dropped(slow) == dropped);
    CHECK_EQ(go_nats_dropped(quick), 0);
    go_nats_event e = await_event(nc, GO_NATS_SLOW_CONSUMER);
    CHECK(strcmp(e.text, "s.slow") == 0 && e.error == -ENOBUFS);
    CHECK_EQ(go_try_recv(go_nats_events(nc), &e), -EAGAIN);
    /* The oldest are kept, in order; then it has room again. */
    for (int i = 0; i < SENT - (int)dropped; i++) {
        go_nats_message *m = next(slow);
        CHECK_EQ(atoi(m->data), i);
        go_nats_message_drop(m);
    }
    say(nc, "s.slow", "again");
    go_nats_message *m = next(slow);
    CHECK(strcmp(m->data, "again") == 0);
    go_nats_message_drop(m);
    CHECK_EQ(go_nats_dropped(slow), dropped);
    go_nats_sub_drop(slow);
    go_nats_sub_drop(quick);
}

static void by_bytes(go_nats *nc)
{
    static char kilobyte[1024];
    go_nats_sub *slow =
        subscribe(nc, "b", (go_nats_sub_options){ .capacity = -1, .pending_bytes = 10 * 1024 });
    for (int i = 0; i < 50; i++)
        CHECK_OK(go_nats_publish(nc, "b", kilobyte, sizeof kilobyte));
    WAIT_FOR(go_nats_dropped(slow) == 40);
    CHECK_EQ(go_nats_pending(slow), 10);
    CHECK(strcmp(await_event(nc, GO_NATS_SLOW_CONSUMER).text, "b") == 0);
    go_nats_sub_drop(slow);
}

/* Going away with much that nobody received. */
static void left_behind(go_nats *nc)
{
    go_nats_message *m;
    for (int i = 0; i < 5; i++) {
        go_nats_sub *sub = subscribe(nc, "l", (go_nats_sub_options){ .capacity = 1 + i });
        for (int k = 0; k < 20; k++)
            say(nc, "l", "x");
        WAIT_FOR(go_nats_pending(sub) + go_len(go_nats_messages(sub)) >= 20);
        if (i % 2) {
            go_nats_unsubscribe(sub);
            WAIT_FOR(go_nats_pending(sub) == 0);
            for (int k = 0; go_recv(go_nats_messages(sub), &m); k++) {
                CHECK(k < 20);
                go_nats_message_drop(m);
            }
        }
        go_nats_sub_drop(sub);
    }
}

int main(void)
{
    guard_start();
    server_start("");
    go_nats *nc = connect_to(server_url());
    by_messages(nc);
    by_bytes(nc);
    left_behind(nc);
    go_nats_drop(nc);
}
