/* SPDX-License-Identifier: MIT */
/* Requests: a thousand at once, without a thread each; nobody there, nobody answers, a
 * late answer, a context, the end of the connection. */
#include "support.h"

#include <dirent.h>

#define MANY 1000

static int threads(void)
{
    DIR *d = opendir("/proc/self/task");
    int n = 0;
    for (struct dirent *e; (e = readdir(d));)
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

static void one(go_nats *nc, int i, go_int32 *right)
{
    char text[16];
    go_nats_message *reply;
    int n = snprintf(text, sizeof text, "%d", i);
    int err = go_nats_request(&reply, nc, "echo", text, (size_t)n, LAST);
    CHECK_OK(err);
    if (reply->size == (size_t)n && memcmp(reply->data, text, (size_t)n) == 0)
        go_int32_add(right, 1);
    go_nats_message_drop(reply);
}

/* Nobody is answered before all have asked: so that many wait at once. */
static void many(go_nats *nc, int n)
{
    go_nats_sub *sub = subscribe(nc, "echo", (go_nats_sub_options){ .capacity = MANY });
    go_waitgroup wg = { 0 };
    go_int32 right = { 0 };
    CHECK_OK(go_nats_flush(nc, LAST));
    for (int i = 0; i < n; i++)
        go_waitgroup_go(&wg, one, nc, i, &right);
    WAIT_FOR(go_len(go_nats_messages(sub)) == (size_t)n);
    CHECK(threads() < 40);
    for (int i = 0; i < n; i++) {
        go_nats_message *m = next(sub);
        CHECK_OK(go_nats_respond(m, m->data, m->size));
        CHECK_OK(go_nats_respond(m, "too late", 8));
        go_nats_message_drop(m);
    }
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_int32_load(&right), n);
    go_nats_sub_drop(sub);
}

static void nobody(go_nats *nc)
{
    go_nats_message *reply;
    CHECK_EQ(go_nats_request(&reply, nc, "void", "", 0, LAST), -EHOSTUNREACH);
    CHECK(!reply);
    CHECK_EQ(go_nats_request(&reply, nc, "a b", "", 0, LAST), -EINVAL);
}

static void ask_silent(go_nats *nc, go_chan(char) answers)
{
    go_nats_message *reply;
    CHECK_OK(go_nats_request(&reply, nc, "silent", "", 0, LAST));
    go_send(answers, *(const char *)reply->data);
    go_nats_message_drop(reply);
}

/* An answer that comes too late goes to nobody, and not to the one who has asked since,
 * though he waits at the same place. */
static void late(go_nats *nc, go_nats_sub *sub)
{
    go_nats_message *reply;
    go_chan(char) answers = go_make(char, 0);
    for (int i = 0; i < 3; i++) {
        char c;
        int64_t until = go_now() + 20 * GO_MILLISECOND;
        CHECK_EQ(go_nats_request(&reply, nc, "silent", "", 0, until), -ETIMEDOUT);
        CHECK(!reply && go_now() >= until);
        go(ask_silent, nc, answers);
        go_nats_message *old = next(sub), *new = next(sub);
        CHECK_OK(go_nats_respond(old, "old", 3));
        CHECK_OK(go_nats_respond(new, "new", 3));
        CHECK_OK(go_recv_until(answers, &c, LAST));
        CHECK_EQ(c, 'n');
        go_nats_message_drop(old);
        go_nats_message_drop(new);
    }
    go_drop(answers);
}

static void silent(go_nats *nc)
{
    go_nats_message *reply;
    go_nats_sub *sub = subscribe(nc, "silent", (go_nats_sub_options){ 0 });
    CHECK_OK(go_nats_flush(nc, LAST));
    late(nc, sub);
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_timer *t = go_after_func(10 * GO_MILLISECOND, go_context_cancel, ctx);
    CHECK_EQ(go_nats_request_ctx(&reply, nc, "silent", "", 0, ctx), -ECANCELED);
    CHECK(!reply);
    go_timer_drop(t);
    go_context_drop(ctx);
    go_nats_sub_drop(sub);
}

static void answer_with_headers(go_nats *nc, go_nats_sub *sub)
{
    go_nats_message *m = next(sub);
    go_nats_message *a = go_nats_message_new(m->reply, NULL, m->data, m->size);
    CHECK_OK(go_nats_set_header(a, "Was", go_nats_header(m, "Is")));
    CHECK_OK(go_nats_publish_message(nc, a));
    go_nats_message_drop(a);
    go_nats_message_drop(m);
}

static void headers(go_nats *nc)
{
    go_nats_sub *sub = subscribe(nc, "headers", (go_nats_sub_options){ 0 });
    go_nats_message *m = go_nats_message_new("headers", NULL, "x", 1), *reply;
    CHECK_OK(go_nats_set_header(m, "Is", "here"));
    CHECK_OK(go_nats_flush(nc, LAST));
    go(answer_with_headers, nc, sub);
    CHECK_OK(go_nats_request_message(&reply, nc, m, LAST));
    CHECK(reply->size == 1 && strcmp(go_nats_header(reply, "Was"), "here") == 0);
    go_nats_message_drop(reply);
    go(answer_with_headers, nc, sub);
    CHECK_OK(go_nats_request_message_ctx(&reply, nc, m, NULL));
    go_nats_message_drop(reply);
    go_nats_message_drop(m);
    go_nats_sub_drop(sub);
}

static void wait_in_vain(go_nats *nc, go_int32 *told)
{
    go_nats_message *reply;
    if (go_nats_request(&reply, nc, "silent", "", 0, GO_FOREVER) == -EPIPE)
        go_int32_add(told, 1);
}

/* The end of the connection ends those who wait. */
static void closing(go_nats *nc)
{
    go_waitgroup wg = { 0 };
    go_int32 told = { 0 };
    go_nats_message *reply;
    go_nats_sub *sub = subscribe(nc, "silent", (go_nats_sub_options){ 0 });
    CHECK_OK(go_nats_flush(nc, LAST));
    for (int i = 0; i < 20; i++)
        go_waitgroup_go(&wg, wait_in_vain, nc, &told);
    WAIT_FOR(go_len(go_nats_messages(sub)) == 20);
    go_nats_close(nc);
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_int32_load(&told), 20);
    CHECK_EQ(go_nats_request(&reply, nc, "silent", "", 0, LAST), -EPIPE);
    CHECK_EQ(go_nats_state_of(nc), GO_NATS_IS_CLOSED);
    go_nats_sub_drop(sub);
}

int main(void)
{
    guard_start();
    server_start("");
    go_nats *nc = connect_to(server_url());
    many(nc, test_scale(MANY, 200));
    nobody(nc);
    silent(nc);
    headers(nc);
    closing(nc);
    go_nats_drop(nc);
    /* Replies under a prefix of one's own; a request on a connection that echoes nothing
     * to itself finds others only. */
    go_nats_options o = { .inbox_prefix = "replies.mine", .no_echo = true, .at_once = true };
    CHECK_OK(go_nats_connect(&nc, server_url(), &o, LAST));
    go_nats *other = connect_to(server_url());
    go_nats_sub *sub = subscribe(other, "where", (go_nats_sub_options){ 0 });
    CHECK_OK(go_nats_flush(other, LAST));
    go_context *ctx = go_context_with_timeout(go_context_background(), 10 * GO_MILLISECOND);
    go_nats_message *reply;
    CHECK_EQ(go_nats_request_ctx(&reply, nc, "where", "", 0, ctx), -ETIMEDOUT);
    go_nats_message *m = next(sub);
    CHECK(strncmp(m->reply, "replies.mine.", 13) == 0);
    go_nats_message_drop(m);
    go_context_drop(ctx);
    go_nats_sub_drop(sub);
    go_nats_drop(other);
    go_nats_drop(nc);
}
