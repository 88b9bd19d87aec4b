/* SPDX-License-Identifier: MIT */
/* Questions to the resolver: one for all who ask the same, so many at a time, given up by
 * those who wait and answered all the same, nothing left behind. */
#include "check.h"

#include "net/resolve.h"

#include <goroutine.h>
#include <goroutine/debug.h>
#include <pthread.h>
#include <string.h>

/* The resolver of this test: answers when it is told to, and as the name says.  It blocks
 * its thread, as the real one does. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t moved = PTHREAD_COND_INITIALIZER;
static bool open_gate;
static go_int64 asked, nobody_asked;

static const struct mistake {
    const char *name;
    int eai, err;
} mistakes[] = {
    { "none", EAI_NONAME, GO_NET_NO_HOST },
    { "again", EAI_AGAIN, GO_NET_TRY_AGAIN },
    { "fail", EAI_FAIL, GO_NET_LOOKUP },
    { "nodata", EAI_NODATA, GO_NET_NO_ADDRESS },
    { "family", EAI_ADDRFAMILY, GO_NET_NO_ADDRESS },
    { "memory", EAI_MEMORY, -ENOMEM },
    { "system", EAI_SYSTEM, -EMFILE },
    { "flags", EAI_BADFLAGS, GO_NET_LOOKUP },
    { "service", EAI_SERVICE, GO_NET_NO_SERVICE },
};
enum { MISTAKES = sizeof mistakes / sizeof mistakes[0] };

static int answer(const char *host, const char *service, const struct addrinfo *hints,
                  struct addrinfo **found)
{
    struct addrinfo numeric = *hints;
    go_int64_add(&asked, 1);
    if (host && strcmp(host, "nobody") == 0)
        go_int64_add(&nobody_asked, 1);
    pthread_mutex_lock(&gate);
    while (!open_gate)
        pthread_cond_wait(&moved, &gate);
    pthread_mutex_unlock(&gate);
    for (int i = 0; host && i < MISTAKES; i++)
        if (strcmp(host, mistakes[i].name) == 0) {
            errno = EMFILE;
            return mistakes[i].eai;
        }
    numeric.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    return getaddrinfo(service ? NULL : "127.0.0.9", service ? "1234" : NULL, &numeric, found);
}

static void set_gate(bool open)
{
    pthread_mutex_lock(&gate);
    open_gate = open;
    pthread_cond_broadcast(&moved);
    pthread_mutex_unlock(&gate);
}

static void until(bool (*reached)(struct lookup_counts, int), int n)
{
    while (!reached(lookup_counts(), n))
        go_sleep(100 * GO_MICROSECOND);
}
static bool waiting_is(struct lookup_counts c, int n)
{
    return c.waiting == n;
}
static bool running_is(struct lookup_counts c, int n)
{
    return c.running == n;
}
static bool queued_is(struct lookup_counts c, int n)
{
    return c.queued == n;
}

static void at_rest(void)
{
    until(running_is, 0);
    struct lookup_counts c = lookup_counts();
    CHECK_EQ(c.queued, 0);
    CHECK_EQ(c.listed, 0);
    CHECK_EQ(c.waiting, 0);
    go_verify();
}

static struct question host(const char *name)
{
    return (struct question){ LOOKUP_HOST, AF_INET, 0, name };
}

/* One who asks. */
struct asker {
    char name[16];
    struct bound bound;
    int err;
    struct address_list found;
    go_waitgroup done;
};

static void run(struct asker *a)
{
    struct question q = host(a->name);
    a->err = lookup(&q, a->bound, &a->found);
    go_waitgroup_done(&a->done);
}

static void begin(struct asker *a, const char *name, struct bound b)
{
    *a = (struct asker){ .bound = b };
    strcpy(a->name, name);
    go_waitgroup_add(&a->done, 1);
    go(run, a);
}

static int end(struct asker *a)
{
    go_waitgroup_wait(&a->done);
    return a->err;
}

enum { MANY = 50 };
static struct asker askers[MANY];

static void shared(void)
{
    set_gate(false);
    int64_t before = go_int64_load(&asked);
    for (int i = 0; i < MANY; i++)
        begin(&askers[i], i % 2 ? "one" : "other", bound_time(GO_FOREVER));
    until(waiting_is, MANY);
    CHECK_EQ(lookup_counts().running, 2);
    set_gate(true);
    for (int i = 0; i < MANY; i++) {
        CHECK_EQ(end(&askers[i]), 0);
        CHECK_EQ(askers[i].found.n, 1);
        CHECK_EQ(ntohl(askers[i].found.a[0].in.sin_addr.s_addr), 0x7f000009);
    }
    CHECK_EQ(go_int64_load(&asked) - before, 2);
    at_rest();
}

/* Another family, another kind, is another question. */
static void not_shared(void)
{
    struct question q[] = { { LOOKUP_HOST, AF_INET, 0, "x" },
                            { LOOKUP_HOST, AF_UNSPEC, 0, "x" },
                            { LOOKUP_SERVICE, AF_UNSPEC, SOCK_STREAM, "x" },
                            { LOOKUP_SERVICE, AF_UNSPEC, SOCK_DGRAM, "x" } };
    struct address_list found;
    set_gate(false);
    for (int i = 0; i < 4; i++) {
        CHECK_EQ(lookup(&q[i], bound_time(go_now() + 1), &found), -ETIMEDOUT);
        int listed = lookup_counts().listed;
        CHECK(listed == i + 1 || listed == 0);
    }
    set_gate(true);
    CHECK_EQ(lookup(&q[2], bound_time(GO_FOREVER), &found), 0);
    CHECK_EQ(address_port(&found.a[0]), 1234);
    at_rest();
}

static void given_up(void)
{
    struct question q = host("slow");
    struct address_list found;
    go_context *ctx = go_context_with_cancel(go_context_background());
    set_gate(false);
    CHECK_EQ(lookup(&q, bound_time(go_now() + 5 * GO_MILLISECOND), &found), -ETIMEDOUT);
    begin(&askers[0], "slow", bound_context(ctx));
    until(waiting_is, 1);
    CHECK_EQ(lookup_counts().running, 1); /* the first one's, joined */
    go_context_cancel(ctx);
    CHECK_EQ(end(&askers[0]), -ECANCELED);
    int64_t before = go_int64_load(&asked);
    struct question other = host("never");
    CHECK_EQ(lookup(&other, bound_context(ctx), &found), -ECANCELED);
    CHECK_EQ(lookup(&other, bound_time(go_now()), &found), -ETIMEDOUT);
    CHECK_EQ(lookup_counts().listed, 1);
    set_gate(true);
    at_rest();
    CHECK(go_int64_load(&asked) - before <= 1); /* "slow", if it had not come to ask before */
    go_context_drop(ctx);
}

static void limited(void)
{
    go_context *ctx = go_context_with_cancel(go_context_background());
    lookup_limit = 2;
    set_gate(false);
    begin(&askers[0], "a", bound_time(GO_FOREVER));
    begin(&askers[1], "b", bound_time(GO_FOREVER));
    until(waiting_is, 2);
    begin(&askers[2], "c", bound_time(GO_FOREVER));
    until(queued_is, 1);
    begin(&askers[3], "nobody", bound_context(ctx));
    begin(&askers[4], "nobody", bound_context(ctx));
    until(waiting_is, 5);
    CHECK_EQ(lookup_counts().queued, 2);
    begin(&askers[5], "d", bound_time(GO_FOREVER));
    until(queued_is, 3);
    CHECK_EQ(lookup_counts().running, 2);
    go_context_cancel(ctx); /* out of the middle of the queue */
    CHECK_EQ(end(&askers[3]), -ECANCELED);
    CHECK_EQ(end(&askers[4]), -ECANCELED);
    CHECK_EQ(lookup_counts().queued, 2);
    begin(&askers[3], "e", bound_time(go_now() + GO_MILLISECOND)); /* off its end */
    CHECK_EQ(end(&askers[3]), -ETIMEDOUT);
    begin(&askers[3], "f", bound_time(GO_FOREVER));
    until(queued_is, 3);
    set_gate(true);
    CHECK_EQ(end(&askers[0]), 0);
    CHECK_EQ(end(&askers[1]), 0);
    CHECK_EQ(end(&askers[2]), 0);
    CHECK_EQ(end(&askers[3]), 0);
    CHECK_EQ(end(&askers[5]), 0);
    CHECK_EQ(go_int64_load(&nobody_asked), 0);
    at_rest();
    lookup_limit = 500;
    go_context_drop(ctx);
}

/* Goroutines of the library's own are not held up by a limit on the user's. */
static void beyond_the_limit(void)
{
    struct question q = host("limit");
    struct address_list found;
    go_set_limit(1);
    CHECK_EQ(lookup(&q, bound_time(GO_FOREVER), &found), 0);
    go_set_limit(0);
    at_rest();
}

static void errors(void)
{
    struct address_list found;
    for (int i = 0; i < MISTAKES; i++) {
        struct question q = host(mistakes[i].name);
        CHECK_EQ(lookup(&q, bound_time(GO_FOREVER), &found), mistakes[i].err);
    }
    at_rest();
}

static void *from_a_thread(void *arg)
{
    struct question q = host("thread");
    struct address_list found;
    (void)arg;
    CHECK_EQ(lookup(&q, bound_time(GO_FOREVER), &found), 0);
    return NULL;
}

/* Many names, more than may be asked for, each given up at some time or other. */
static void hammer_one(int i)
{
    char name[16];
    struct address_list found;
    snprintf(name, sizeof name, "n%d", i % 17);
    struct question q = host(name);
    int64_t d = i % 3 ? (int64_t)(i % 50) * GO_MICROSECOND : GO_HOUR;
    int err = lookup(&q, bound_time(go_now() + d), &found);
    CHECK(err == 0 || (err == -ETIMEDOUT && i % 3));
}

static void hammer(void)
{
    go_waitgroup wg = { 0 };
    lookup_limit = 3;
    set_gate(true);
    for (int i = 0; i < test_scale(3000, 300); i++)
        go_waitgroup_go(&wg, hammer_one, i);
    go_waitgroup_wait(&wg);
    at_rest();
    lookup_limit = 500;
}

int main(void)
{
    pthread_t t;
    lookup_ask = answer;
    shared();
    not_shared();
    given_up();
    limited();
    beyond_the_limit();
    errors();
    CHECK_EQ(pthread_create(&t, NULL, from_a_thread, NULL), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
    at_rest();
    hammer();
    return 0;
}
