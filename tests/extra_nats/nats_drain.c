/* SPDX-License-Identifier: MIT */
/* Drain deals with all that has come before it closes; and nothing is left behind: no
 * goroutine, no thread, no descriptor. */
#include "support.h"

#include <dirent.h>
#include <unistd.h>

#define MESSAGES 500

static int entries(const char *folder)
{
    DIR *d = opendir(folder);
    int n = 0;
    for (struct dirent *e; (e = readdir(d));)
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

static void serve(go_nats_sub *sub, go_int32 *dealt_with)
{
    go_range (m, go_nats_messages(sub)) {
        if (go_int32_load(dealt_with) % 50 == 0)
            go_sleep(GO_MILLISECOND); /* drain has to wait for this one */
        CHECK_OK(go_nats_respond(m, m->data, m->size));
        go_int32_add(dealt_with, 1);
        go_nats_message_drop(m);
    }
}

/* Every message that had come is answered by way of the connection that is drained. */
static void drain(void)
{
    go_nats *nc = connect_to(server_url()), *other = connect_to(server_url());
    go_nats_sub *sub = subscribe(nc, "work", (go_nats_sub_options){ .capacity = 3 });
    go_nats_sub *answers = subscribe(other, "answer", (go_nats_sub_options){ 0 });
    go_int32 dealt_with = { 0 };
    go_waitgroup wg = { 0 };
    CHECK_OK(go_nats_flush(nc, LAST));
    CHECK_OK(go_nats_flush(other, LAST));
    go_nats_message *m = go_nats_message_new("work", "answer", "x", 1);
    for (int i = 0; i < MESSAGES; i++)
        CHECK_OK(go_nats_publish_message(other, m));
    go_nats_message_drop(m);
    CHECK_OK(go_nats_flush(other, LAST)); /* they are on their way to nc, before its drain */
    for (int i = 0; i < 4; i++)
        go_waitgroup_go(&wg, serve, sub, &dealt_with);
    CHECK_OK(go_nats_drain(nc, LAST));
    CHECK_EQ(go_int32_load(&dealt_with), MESSAGES);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < MESSAGES; i++)
        go_nats_message_drop(next(answers));
    CHECK_EQ(go_nats_state_of(nc), GO_NATS_IS_CLOSED);
    CHECK_EQ(go_nats_drain(nc, LAST), -EPIPE);
    await_event(nc, GO_NATS_CLOSED);
    go_nats_sub_drop(sub);
    go_nats_sub_drop(answers);
    go_nats_drop(nc);
    go_nats_drop(other);
}

/* With nothing to deal with; nor can anything be begun any more. */
static void drain_idle(void)
{
    go_nats *nc = connect_to(server_url());
    go_nats_sub *sub[3], *none;
    for (int i = 0; i < 3; i++)
        sub[i] = subscribe(nc, "idle", (go_nats_sub_options){ 0 });
    CHECK_OK(go_nats_drain(nc, LAST));
    for (int i = 0; i < 3; i++) {
        CHECK(!go_recv(go_nats_messages(sub[i]), NULL));
        go_nats_sub_drop(sub[i]);
    }
    CHECK_EQ(go_nats_subscribe(&none, nc, "idle", NULL), -EPIPE);
    go_nats_drop(nc);
}

/* Nobody receives: the deadline ends it. */
static void drain_late(void)
{
    go_nats *nc = connect_to(server_url());
    go_nats_sub *sub = subscribe(nc, "work", (go_nats_sub_options){ .capacity = 3 }), *none;
    for (int i = 0; i < 10; i++)
        say(nc, "work", "x");
    WAIT_FOR(go_nats_pending(sub) + go_len(go_nats_messages(sub)) == 10);
    CHECK_EQ(go_nats_drain(nc, go_now() + 20 * GO_MILLISECOND), -ETIMEDOUT);
    CHECK_EQ(go_nats_state_of(nc), GO_NATS_IS_CLOSED);
    CHECK_EQ(go_nats_subscribe(&none, nc, "x", NULL), -EPIPE);
    /* What has come is still there. */
    int n = 0;
    go_range (m, go_nats_messages(sub)) {
        n++;
        go_nats_message_drop(m);
    }
    CHECK_EQ(n, 10);
    go_nats_sub_drop(sub);
    go_nats_drop(nc);
}

static void drain_sub(void)
{
    go_nats *nc = connect_to(server_url());
    go_nats_sub *sub = subscribe(nc, "work", (go_nats_sub_options){ .capacity = -1 });
    for (int i = 0; i < 10; i++)
        say(nc, "work", "x");
    CHECK_OK(go_nats_sub_drain(sub)); /* behind the ten, for the server */
    int n = 0;
    go_range (m, go_nats_messages(sub)) {
        n++;
        go_nats_message_drop(m);
    }
    CHECK_EQ(n, 10);
    CHECK_EQ(go_nats_state_of(nc), GO_NATS_IS_CONNECTED);
    go_nats_sub_drop(sub);
    go_nats_drop(nc);
}

/* The handles may go in any order. */
static void order(void)
{
    go_nats *nc = connect_to(server_url());
    go_nats_sub *sub = subscribe(nc, "a", (go_nats_sub_options){ .capacity = 1 });
    go_chan(go_nats_event) events = go_hold(go_nats_events(nc));
    for (int i = 0; i < 5; i++)
        say(nc, "a", "kept");
    go_nats_message *m = next(sub);
    go_nats_sub_drop(go_nats_sub_hold(sub));
    go_nats_drop(go_nats_hold(nc));
    say(nc, "a", "open");
    go_nats_drop(nc);
    go_range (e, events)
        CHECK(e.kind == GO_NATS_CLOSED || e.kind == GO_NATS_DISCONNECTED);
    go_drop(events);
    CHECK(strcmp(m->data, "kept") == 0);
    CHECK_EQ(go_nats_respond(m, "", 0), -EINVAL);
    go_nats_sub_drop(sub);
    go_nats_message_drop(m);
    go_nats_sub_drop(NULL);
    go_nats_message_drop(NULL);
    go_nats_drop(NULL);
}

static long resident(void)
{
    long all, here = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    CHECK(f && fscanf(f, "%ld %ld", &all, &here) == 2);
    fclose(f);
    return here * sysconf(_SC_PAGESIZE);
}

/* 32 MB of messages and their copies leave no memory behind. */
static void memory(void)
{
    enum { EACH = 64 << 10, TIMES = 500 };
    static char block[EACH];
    go_nats *nc = connect_to(server_url());
    go_nats_sub *sub = subscribe(nc, "large", (go_nats_sub_options){ 0 });
    long before = 0;
    for (int i = 0; i < TIMES; i++) {
        go_nats_message *m = go_nats_message_new("large", NULL, block, EACH);
        CHECK_OK(go_nats_set_header(m, "Number", "1"));
        CHECK_OK(go_nats_publish_message(nc, m));
        go_nats_message_drop(m);
        m = next(sub);
        CHECK(go_nats_header(m, "Number"));
        go_nats_message_drop(m);
        if (i == TIMES / 10)
            before = resident();
    }
    /* A sanitizer keeps what was freed. */
    if (!getenv("GO_TEST_SLOW"))
        CHECK(resident() - before < EACH * TIMES / 4);
    go_nats_sub_drop(sub);
    go_nats_drop(nc);
}

int main(void)
{
    guard_start();
    server_start("");
    order(); /* libnats' own threads, and what else is made once, are there from now on */
    drain();
    memory();
    WAIT_FOR(go_count() == 1);
    int fds = entries("/proc/self/fd"), threads = entries("/proc/self/task");
    for (int i = 0; i < 5; i++) {
        drain();
        drain_idle();
        drain_late();
        drain_sub();
        order();
    }
    WAIT_FOR(go_count() == 1);
    WAIT_FOR(entries("/proc/self/fd") <= fds);
    /* Threads of libgoroutine sleep when they are idle and do not end: a few more may have
     * been needed, but not one for each of 25 connections and their subscriptions. */
    WAIT_FOR(entries("/proc/self/task") <= threads + 8);
}
