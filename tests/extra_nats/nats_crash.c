/* SPDX-License-Identifier: MIT */
/* At least once: a thousand messages; the process that consumes them is killed half-way,
 * and so is the server, while they are being published and again later.  What was not
 * acknowledged comes to the next process; together they have seen all, and the stream has
 * stored each once. */
#include "support.h"

#define MESSAGES 1000
#define BY_FIRST 300 /* seen by the first, before it is killed */
#define BY_NEXT  700 /* seen by then, when the server is killed again */

static const char *const subjects[] = { "work", NULL };
static const go_nats_stream stream = { .name = "WORK", .subjects = subjects };
/* Few at once: what waits for longer than ack_wait, on a slow machine, comes again. */
static const go_nats_consumer consumer = {
    .stream = "WORK", .name = "workers", .ack_wait = 500 * GO_MILLISECOND, .capacity = 1, .batch = 8
};

/* A request that a dying server took with it is repeated after that. */
#define TRY (go_now() + 300 * GO_MILLISECOND)

/* Tells what it sees until it is sure that this was heard, and then acknowledges: killed in
 * between, it leaves a message that was seen and comes again. */
static int consume(const char *url)
{
    go_nats *nc;
    go_nats_sub *sub;
    go_nats_options o = eager();
    o.at_once = true;
    /* The server may be killed just now. */
    while (go_nats_connect(&nc, url, &o, LAST) != 0)
        go_sleep(10 * GO_MILLISECOND);
    while (go_nats_consume(&sub, nc, &consumer, go_now() + GO_SECOND) != 0)
        go_sleep(10 * GO_MILLISECOND);
    go_range (m, go_nats_messages(sub)) {
        go_nats_message *heard;
        while (go_nats_request(&heard, nc, "seen", m->data, m->size, TRY) != 0)
            go_sleep(GO_MILLISECOND);
        go_nats_message_drop(heard);
        if (go_nats_ack(m) != 0)
            fprintf(stderr, "not acknowledged; it comes again\n");
        go_nats_message_drop(m);
    }
    return 1; /* it is killed */
}

static void publish(go_nats *nc, go_int32 *published)
{
    for (int i = 0; i < MESSAGES; i++) {
        char text[16], id[24];
        int n = snprintf(text, sizeof text, "%d", i), err;
        snprintf(id, sizeof id, "work-%d", i);
        int64_t last = LAST;
        do
            err = go_nats_stream_publish(nc, "work", text, (size_t)n, id, NULL, TRY);
        while (err && go_now() < last);
        CHECK_OK(err);
        go_int32_store(published, i + 1);
    }
}

static char seen[MESSAGES];
static int different, total;

/* Until so many different ones have been seen. */
static void watch(go_nats_sub *sub, int until)
{
    while (different < until) {
        go_nats_message *m = next(sub);
        int n = atoi(m->data);
        CHECK(n >= 0 && n < MESSAGES);
        different += !seen[n];
        seen[n] = 1;
        total++;
        if (go_nats_respond(m, "", 0) != 0)
            fprintf(stderr, "not answered; it is told again\n");
        go_nats_message_drop(m);
    }
}

static void restart(go_nats *nc)
{
    server_kill();
    await_event(nc, GO_NATS_DISCONNECTED);
    server_start("");
    await_event(nc, GO_NATS_RECONNECTED);
}

int main(int argc, char **argv)
{
    if (argc == 3)
        return consume(argv[2]);
    guard_start();
    server_start("");
    go_nats *nc;
    go_nats_options o = eager();
    o.at_once = true;
    CHECK_OK(go_nats_connect(&nc, server_url(), &o, LAST));
    ensure(nc, &stream);
    go_nats_sub *sub = subscribe(nc, "seen", (go_nats_sub_options){ 0 });
    CHECK_OK(go_nats_flush(nc, LAST));
    pid_t child = child_start("consume");
    go_int32 published = { 0 };
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, publish, nc, &published);
    WAIT_FOR(go_int32_load(&published) >= 100);
    restart(nc);
    watch(sub, BY_FIRST);
    child_kill(child);
    child = child_start("consume");
    watch(sub, BY_NEXT);
    restart(nc);
    watch(sub, MESSAGES);
    go_waitgroup_wait(&wg);
    go_nats_stream_state state = { 0 };
    int64_t last = LAST;
    while (go_nats_stream_look(nc, "WORK", &state, go_now() + GO_SECOND) != 0 && go_now() < last)
        go_sleep(10 * GO_MILLISECOND);
    CHECK_EQ(state.messages, MESSAGES);
    CHECK(total >= MESSAGES);
    child_kill(child);
    go_nats_sub_drop(sub);
    go_nats_drop(nc);
}
