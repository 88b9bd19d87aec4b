/* SPDX-License-Identifier: MIT */
/* Streams: stored once by id, read by consumers that acknowledge, refuse, take their time. */
#include "support.h"

static const char *const subjects[] = { "orders.*", NULL };
static const go_nats_stream orders = { .name = "ORDERS", .subjects = subjects };

static void store(go_nats *nc, const char *subject, const char *text, const char *id)
{
    CHECK_OK(go_nats_stream_publish(nc, subject, text, strlen(text), id, NULL, LAST));
}

static void stored(go_nats *nc)
{
    go_nats_stored at;
    go_nats_stream_state state;
    ensure(nc, &orders);
    ensure(nc, &orders); /* as it is */
    CHECK_OK(go_nats_stream_publish(nc, "orders.a", "1", 1, "id-1", &at, LAST));
    CHECK(at.sequence == 1 && !at.duplicate);
    CHECK_OK(go_nats_stream_publish(nc, "orders.a", "1", 1, "id-1", &at, LAST));
    CHECK(at.sequence == 1 && at.duplicate);
    CHECK_OK(go_nats_stream_publish_ctx(nc, "orders.b", "2", 1, "id-2", &at, NULL));
    CHECK(at.sequence == 2 && !at.duplicate);
    CHECK_OK(go_nats_stream_publish(nc, "orders.c", "3", 1, NULL, &at, LAST));
    CHECK_OK(go_nats_stream_look(nc, "ORDERS", &state, LAST));
    CHECK(state.messages == 3 && state.first == 1 && state.last == 3 && state.consumers == 0);
    CHECK_EQ(go_nats_stream_publish(nc, "elsewhere", "", 0, NULL, NULL, LAST), -EHOSTUNREACH);
    CHECK_EQ(go_nats_stream_look(nc, "NONE", &state, LAST), -ENOENT);
    CHECK_EQ(go_nats_stream_delete(nc, "NONE", LAST), -ENOENT);
    CHECK_EQ(go_nats_stream_look(nc, "NO.NE", &state, LAST), -EINVAL);
}

static void full(go_nats *nc)
{
    const char *const names[] = { "full", NULL };
    go_nats_stream s = { .name = "FULL",
                         .subjects = names,
                         .memory = true,
                         .max_messages = 2,
                         .refuse_when_full = true };
    go_nats_stream_state state;
    ensure(nc, &s);
    store(nc, "full", "1", NULL);
    store(nc, "full", "2", NULL);
    CHECK_EQ(go_nats_stream_publish(nc, "full", "3", 1, NULL, NULL, LAST), -ENOSPC);
    s.max_messages = 3; /* ensure changes it */
    ensure(nc, &s);
    store(nc, "full", "3", NULL);
    s.name = "OTHER";
    CHECK_EQ(go_nats_stream_ensure(nc, &s, LAST), -EINVAL); /* the subject is taken */
    CHECK_OK(go_nats_stream_delete(nc, "FULL", LAST));
    CHECK_EQ(go_nats_stream_look(nc, "FULL", &state, LAST), -ENOENT);
}

/* What came, by its text; acknowledged or not. */
static uint64_t expect(go_nats_sub *sub, const char *text, bool ack)
{
    go_nats_delivery d;
    go_nats_message *m = next(sub);
    CHECK(strcmp(m->data, text) == 0);
    CHECK_OK(go_nats_delivery_of(m, &d));
    CHECK(d.stored > INT64_C(1600000000) * GO_SECOND);
    if (ack)
        CHECK_OK(go_nats_ack_wait(m, LAST));
    go_nats_message_drop(m);
    return d.times;
}

static void consumed(go_nats *nc)
{
    go_nats_sub *sub;
    go_nats_delivery d;
    go_nats_consumer c = { .stream = "ORDERS", .name = "one", .ack_wait = 30 * GO_SECOND };
    CHECK_OK(go_nats_consume(&sub, nc, &c, LAST));
    go_nats_message *m = next(sub);
    CHECK_OK(go_nats_delivery_of(m, &d));
    CHECK(d.sequence == 1 && d.times == 1 && d.left == 2);
    CHECK(strcmp(m->subject, "orders.a") == 0);
    CHECK_OK(go_nats_in_progress(m));
    CHECK_OK(go_nats_nak(m, 0)); /* comes again, behind the others */
    go_nats_message_drop(m);
    CHECK_EQ(expect(sub, "2", true), 1);
    CHECK_EQ(expect(sub, "3", true), 1);
    CHECK_EQ(expect(sub, "1", true), 2);
    store(nc, "orders.a", "4", NULL);
    m = next(sub);
    CHECK_OK(go_nats_term(m));
    go_nats_message_drop(m);
    store(nc, "orders.a", "5", NULL);
    CHECK_EQ(expect(sub, "5", true), 1);
    go_nats_sub_drop(sub);
    /* Under the same name it goes on where it was. */
    store(nc, "orders.a", "6", NULL);
    CHECK_OK(go_nats_consume(&sub, nc, &c, LAST));
    CHECK_EQ(expect(sub, "6", true), 1);
    go_nats_sub_drop(sub);
    /* Settings of one that exists are changed, where the server can. */
    c.ack_wait = GO_SECOND;
    CHECK_OK(go_nats_consume(&sub, nc, &c, LAST));
    go_nats_sub_drop(sub);
    c.from = 5;
    int err = go_nats_consume(&sub, nc, &c, LAST);
    CHECK(!sub && (err == -EPROTO || err == -EEXIST));
    c.from = 0;
    CHECK_OK(go_nats_consumer_delete(nc, "ORDERS", "one", LAST));
    CHECK_EQ(go_nats_consumer_delete(nc, "ORDERS", "one", LAST), -ENOENT);
    c.stream = "NONE";
    CHECK_EQ(go_nats_consume(&sub, nc, &c, LAST), -ENOENT);
}

/* Without a name; a part of the stream; from a place in it; one at a time. */
static void filtered(go_nats *nc)
{
    go_nats_sub *sub;
    go_nats_consumer c = { .stream = "ORDERS", .subject = "orders.b", .capacity = -1 };
    CHECK_OK(go_nats_consume(&sub, nc, &c, LAST));
    expect(sub, "2", true);
    store(nc, "orders.b", "7", NULL);
    store(nc, "orders.b", "8", NULL);
    expect(sub, "7", true);
    expect(sub, "8", true);
    go_nats_sub_drop(sub);
    c = (go_nats_consumer){ .stream = "ORDERS", .from = 3, .batch = 1 };
    CHECK_OK(go_nats_consume(&sub, nc, &c, LAST));
    expect(sub, "3", true);
    go_nats_sub_drop(sub);
    c = (go_nats_consumer){ .stream = "ORDERS", .from_now = true };
    CHECK_OK(go_nats_consume(&sub, nc, &c, LAST));
    store(nc, "orders.a", "9", NULL);
    expect(sub, "9", true);
    go_nats_sub_drop(sub);
}

/* What is not acknowledged comes again by itself. */
static void forgotten(go_nats *nc)
{
    go_nats_sub *sub;
    go_nats_consumer c = {
        .stream = "ORDERS", .name = "forgetful", .from_now = true, .ack_wait = 50 * GO_MILLISECOND
    };
    CHECK_OK(go_nats_consume(&sub, nc, &c, LAST));
    store(nc, "orders.a", "again", NULL);
    uint64_t before = 0;
    for (int i = 0; i < 3; i++) {
        uint64_t times = expect(sub, "again", false);
        CHECK(times > before);
        before = times;
    }
    /* Deleted at the server: the channel ends, and an event says why. */
    CHECK_OK(go_nats_consumer_delete(nc, "ORDERS", "forgetful", LAST));
    go_range (m, go_nats_messages(sub))
        go_nats_message_drop(m);
    CHECK(await_event(nc, GO_NATS_ERROR).text[0]);
    go_nats_sub_drop(sub);
}

/* Nothing is asked for beyond what has room: the rest stays at the server. */
static void held_back(go_nats *nc)
{
    go_nats_sub *sub;
    go_nats_consumer c = { .stream = "ORDERS", .from_now = true, .capacity = 4, .batch = 4 };
    CHECK_OK(go_nats_consume(&sub, nc, &c, LAST));
    for (int i = 0; i < 100; i++)
        store(nc, "orders.h", "x", NULL);
    uint64_t most = 0;
    for (int i = 0; i < 100; i++) {
        uint64_t here = go_len(go_nats_messages(sub)) + go_nats_pending(sub);
        most = here > most ? here : most;
        expect(sub, "x", true);
    }
    CHECK(most <= 8 + 1); /* one on its way to the channel may be counted twice */
    CHECK_EQ(go_nats_dropped(sub), 0);
    go_nats_sub_drop(sub);
}

int main(void)
{
    guard_start();
    server_start("");
    go_nats *nc = connect_to(server_url());
    stored(nc);
    full(nc);
    consumed(nc);
    filtered(nc);
    forgotten(nc);
    held_back(nc);
    CHECK_OK(go_nats_stream_delete(nc, "ORDERS", LAST));
    go_nats_drop(nc);
}
