/* SPDX-License-Identifier: MIT */
/* The server is killed and comes back: events tell, what is published meanwhile is kept up
 * to the reconnect buffer, a publisher makes its senders wait, subscriptions live on.  When
 * it does not come back, the connection is closed for good. */
#include "support.h"

#include <limits.h>

static void outage(void)
{
    go_nats *nc;
    go_nats_options o = eager();
    o.reconnect_buffer = 4096;
    CHECK_OK(go_nats_connect(&nc, server_url(), &o, LAST));
    go_nats_sub *sub = subscribe(nc, "a", (go_nats_sub_options){ 0 });
    CHECK_EQ(go_nats_state_of(nc), GO_NATS_IS_CONNECTED);
    server_kill();
    CHECK_EQ(await_event(nc, GO_NATS_DISCONNECTED).error, -ENOTCONN);
    CHECK_EQ(go_nats_state_of(nc), GO_NATS_IS_RECONNECTING);
    char block[100];
    int kept = 0, err;
    do {
        memset(block, 0, sizeof block);
        snprintf(block, sizeof block, "%d", kept);
        err = go_nats_publish(nc, "a", block, sizeof block);
        kept += err == 0;
    } while (!err && kept < 1000);
    CHECK_EQ(err, -ENOBUFS);
    CHECK(kept >= 4096 / 130 && kept <= 4096 / 100 + 1);
    /* Nobody is told that it cannot be reached in vain for ever. */
    err = go_nats_flush(nc, go_now() + 30 * GO_MILLISECOND);
    CHECK(err == -ETIMEDOUT || err == -ENOTCONN);
    server_start("");
    await_event(nc, GO_NATS_RECONNECTED);
    for (int i = 0; i < kept; i++) {
        go_nats_message *m = next(sub);
        CHECK_EQ(atoi(m->data), i);
        go_nats_message_drop(m);
    }
    say(nc, "a", "after");
    go_nats_message *m = next(sub);
    CHECK(strcmp(m->data, "after") == 0);
    go_nats_message_drop(m);
    go_nats_sub_drop(sub);
    go_nats_drop(nc);
}

#define VALUES 500

static void produce(go_chan(int) c, go_int32 *sent)
{
    for (int i = 0; i < VALUES; i++) {
        go_send(c, i);
        go_int32_store(sent, i + 1);
    }
    go_close(c);
}

/* A publisher that has no room holds its senders back and loses nothing. */
static void held_back(void)
{
    go_nats *nc;
    go_nats_options o = eager();
    o.reconnect_buffer = 1024;
    CHECK_OK(go_nats_connect(&nc, server_url(), &o, LAST));
    go_chan(int) out = go_make(int, 0), in = go_make(int, VALUES);
    go_nats_pub *pub;
    go_nats_sub *sub;
    go_int32 sent = { 0 };
    CHECK_OK(go_nats_subscriber(&sub, nc, "values", NULL, in));
    CHECK_OK(go_nats_publisher(&pub, nc, "values", out));
    CHECK_OK(go_nats_flush(nc, LAST));
    server_kill();
    await_event(nc, GO_NATS_DISCONNECTED);
    go(produce, out, &sent);
    /* Some 20 bytes a value in the buffer. */
    WAIT_FOR(go_int32_load(&sent) >= 1024 / 24);
    CHECK(go_int32_load(&sent) < 1024 / 12);
    server_start("");
    CHECK_OK(go_nats_publisher_wait(pub));
    for (int i = 0; i < VALUES; i++) {
        int v;
        CHECK_OK(go_recv_until(in, &v, LAST));
        CHECK_EQ(v, i);
    }
    go_nats_sub_drop(sub);
    go_nats_drop(nc);
    go_drop(out);
    CHECK(!go_recv(in, NULL));
    go_drop(in);
}

/* No more attempts: closed, which ends the channel, and every call says so. */
static void given_up(int attempts)
{
    go_nats *nc;
    go_nats_options o = { .reconnect_wait = GO_MILLISECOND, .reconnect_attempts = attempts };
    CHECK_OK(go_nats_connect(&nc, server_url(), &o, LAST));
    go_nats_sub *sub = subscribe(nc, "a", (go_nats_sub_options){ 0 });
    go_nats_message *m;
    CHECK_OK(go_nats_flush(nc, LAST));
    server_kill();
    await_event(nc, GO_NATS_DISCONNECTED);
    await_event(nc, GO_NATS_CLOSED);
    CHECK(!go_recv(go_nats_events(nc), NULL));
    CHECK(!go_recv(go_nats_messages(sub), &m));
    CHECK_EQ(go_nats_publish(nc, "a", "", 0), -EPIPE);
    CHECK_EQ(go_nats_flush(nc, LAST), -EPIPE);
    CHECK_EQ(go_nats_request(&m, nc, "a", "", 0, LAST), -EPIPE);
    CHECK_EQ(go_nats_drain(nc, LAST), -EPIPE);
    CHECK_EQ(go_nats_sub_drain(sub), -EPIPE);
    go_nats_sub *none;
    CHECK_EQ(go_nats_subscribe(&none, nc, "a", NULL), -EPIPE);
    go_chan(int) c = go_make(int, 0);
    go_nats_pub *pub;
    CHECK_EQ(go_nats_publisher(&pub, nc, "a", c), -EPIPE);
    go_drop(c);
    go_nats_sub_drop(sub);
    go_nats_drop(nc);
    server_start("");
}

/* Who waits for an answer gets it from a server that has come back, if the one who
 * answers asks it to be repeated; an event channel nobody reads keeps the newest. */
static void events_lost(void)
{
    go_nats *nc;
    go_nats_options o = eager();
    o.event_capacity = 1;
    CHECK_OK(go_nats_connect(&nc, server_url(), &o, LAST));
    go_nats_event e;
    for (int i = 0; i < 2; i++) {
        server_kill();
        WAIT_FOR(go_nats_state_of(nc) == GO_NATS_IS_RECONNECTING);
        server_start("");
        WAIT_FOR(go_nats_state_of(nc) == GO_NATS_IS_CONNECTED);
        CHECK_OK(go_nats_flush(nc, LAST));
    }
    go_nats_close(nc);
    CHECK(go_recv(go_nats_events(nc), &e));
    CHECK(e.kind == GO_NATS_CLOSED && e.missed >= 3);
    CHECK(!go_recv(go_nats_events(nc), &e));
    go_nats_drop(nc);
}

int main(void)
{
    guard_start();
    server_start("");
    outage();
    held_back();
    given_up(2);
    given_up(GO_NATS_NO_RECONNECT);
    events_lost();
}
