/* SPDX-License-Identifier: MIT */
/* A subscription is a channel: range, select, headers, wildcards.  A channel of values is
 * tied to one in another process: what is sent here is received there, in order. */
#include "support.h"

#define VALUES 2000

struct job {
    int number;
    double half;
};

/* The other process: returns each value doubled, until it gets a negative one. */
static int doubler(const char *url)
{
    go_nats *nc = connect_to(url);
    go_chan(struct job) in = go_make(struct job, 16), out = go_make(struct job, 0);
    go_nats_sub *sub;
    go_nats_pub *pub;
    CHECK_OK(go_nats_subscriber(&sub, nc, "jobs", NULL, in));
    CHECK_OK(go_nats_publisher(&pub, nc, "done", out));
    CHECK_OK(go_nats_flush(nc, LAST));
    say(nc, "ready", "");
    struct job j;
    while (go_recv(in, &j) && j.number >= 0)
        go_send(out, (struct job){ 2 * j.number, j.half });
    go_close(out);
    CHECK_OK(go_nats_publisher_wait(pub));
    CHECK_OK(go_nats_flush(nc, LAST));
    CHECK_EQ(go_nats_dropped(sub), 1); /* the one of another size */
    go_nats_sub_drop(sub);
    go_drop(in);
    go_drop(out);
    go_nats_drop(nc);
    return 7;
}

static void send_jobs(go_nats *nc, go_chan(struct job) jobs)
{
    say(nc, "jobs", "not a job");
    for (int i = 0; i < VALUES; i++)
        go_send(jobs, (struct job){ i, i / 2.0 });
    go_send(jobs, (struct job){ -1, 0 });
    go_close(jobs);
}

static void processes(go_nats *nc)
{
    go_chan(struct job) jobs = go_make(struct job, 0), done = go_make(struct job, 0);
    go_nats_pub *pub;
    go_nats_sub *sub, *ready = subscribe(nc, "ready", (go_nats_sub_options){ .max = 1 });
    CHECK_OK(go_nats_subscriber(&sub, nc, "done", NULL, done));
    CHECK(!go_nats_messages(sub));
    CHECK_OK(go_nats_publisher(&pub, nc, "jobs", jobs));
    CHECK_OK(go_nats_flush(nc, LAST));
    pid_t child = child_start("doubler");
    go_nats_message_drop(next(ready));
    CHECK(!go_recv(go_nats_messages(ready), NULL)); /* max was 1 */
    go(send_jobs, nc, jobs);
    for (int i = 0; i < VALUES; i++) {
        struct job j;
        CHECK_OK(go_recv_until(done, &j, LAST));
        CHECK_EQ(j.number, 2 * i);
        CHECK(j.half == i / 2.0);
    }
    CHECK_OK(go_nats_publisher_wait(pub));
    CHECK_EQ(child_wait(child), 7);
    go_nats_unsubscribe(sub);
    CHECK(!go_recv(done, NULL)); /* the subscription closes it */
    go_nats_sub_drop(sub);
    go_nats_sub_drop(ready);
    go_drop(jobs);
    go_drop(done);
}

static void messages(go_nats *nc)
{
    go_nats_sub *all = subscribe(nc, "news.>", (go_nats_sub_options){ 0 });
    go_nats_sub *one = subscribe(nc, "news.*", (go_nats_sub_options){ .capacity = -1 });
    CHECK_EQ(go_cap(go_nats_messages(all)), 64);
    CHECK_EQ(go_cap(go_nats_messages(one)), 0);
    say(nc, "news.a.b", "deep");
    go_nats_message *m = go_nats_message_new("news.a", "here", "with\0zero", 9), *got;
    CHECK_OK(go_nats_set_header(m, "Colour", "green"));
    CHECK_OK(go_nats_set_header(m, "Colour", "blue"));
    CHECK_OK(go_nats_publish_message(nc, m));
    go_nats_message_drop(m);
    m = next(all);
    CHECK(strcmp(m->subject, "news.a.b") == 0 && strcmp(m->data, "deep") == 0 && !m->reply);
    CHECK(!go_nats_header(m, "Colour"));
    go_nats_message_drop(m);
    m = next(all);
    CHECK(m->size == 9 && memcmp(m->data, "with\0zero", 10) == 0 && strcmp(m->reply, "here") == 0);
    CHECK(strcmp(go_nats_header(m, "Colour"), "blue") == 0 && !go_nats_header(m, "colour"));
    switch (go_select(go_on_recv(go_nats_messages(one), &got), go_on_deadline(LAST))) {
    case 0:
        CHECK(strcmp(got->subject, "news.a") == 0);
        go_nats_message_drop(got);
        break;
    default:
        CHECK(!"nothing came");
    }
    /* What was received can be sent on, headers and all, and outlives its subscription. */
    CHECK_OK(go_nats_publish_message(nc, m));
    go_nats_message *again = next(all);
    go_nats_sub_drop(one);
    go_nats_sub_drop(all);
    CHECK(strcmp(go_nats_header(again, "Colour"), "blue") == 0);
    go_nats_message_drop(again);
    go_nats_message_drop(m);
}

static void mistakes(go_nats *nc)
{
    static const char *const bad[] = { "", ".a", "a.", "a..b", "a b", "a\r\nPUB b", NULL };
    go_nats_sub *sub;
    for (int i = 0; bad[i]; i++) {
        CHECK_EQ(go_nats_publish(nc, bad[i], "", 0), -EINVAL);
        CHECK_EQ(go_nats_subscribe(&sub, nc, bad[i], NULL), -EINVAL);
        CHECK(!sub && !go_nats_message_new(bad[i], NULL, "", 0) && errno == EINVAL);
    }
    go_nats_message *m = go_nats_message_new("a", NULL, NULL, 0);
    CHECK_EQ(go_nats_set_header(m, "a b", "c"), -EINVAL);
    CHECK_EQ(go_nats_set_header(m, "a", "c\r\nd: e"), -EINVAL);
    CHECK_EQ(go_nats_respond(m, "", 0), -EINVAL);
    CHECK_EQ(go_nats_ack(m), -EINVAL);
    CHECK_EQ(go_nats_publish_message(nc, m), 0);
    go_nats_message_drop(go_nats_message_hold(m));
    go_nats_message_drop(m);
    static char large[2 << 20];
    CHECK_EQ(go_nats_publish(nc, "a", large, sizeof large), -EMSGSIZE);
    CHECK_OK(go_nats_flush(nc, LAST)); /* the connection took no harm */
    CHECK_EQ(go_nats_flush(nc, go_now() - 1), -ETIMEDOUT);
}

/* Longer than a deadlock would take to be found. */
static int late(const char *url)
{
    go_nats *nc = connect_to(url);
    go_sleep(500 * GO_MILLISECOND);
    say(nc, "late", "x");
    go_nats_drop(nc);
    return 0;
}

/* Who waits for nothing but a message is not deadlocked: neither before one has come at
 * all, nor when libnats' thread has become known to the library and sleeps. */
static void only_waiting(go_nats *nc)
{
    go_nats_sub *sub = subscribe(nc, "late", (go_nats_sub_options){ .capacity = -1 });
    CHECK_OK(go_nats_flush(nc, LAST));
    pid_t child = child_start("late");
    go_nats_message *m;
    CHECK(go_recv(go_nats_messages(sub), &m));
    go_nats_message_drop(m);
    CHECK_EQ(child_wait(child), 0);
    go_nats_sub_drop(sub);
}

int main(int argc, char **argv)
{
    if (argc == 3)
        return strcmp(argv[1], "late") == 0 ? late(argv[2]) : doubler(argv[2]);
    guard_start();
    server_start("");
    go_nats *nc = connect_to(server_url());
    only_waiting(nc);
    messages(nc);
    mistakes(nc);
    processes(nc);
    go_nats_drop(nc);
}
