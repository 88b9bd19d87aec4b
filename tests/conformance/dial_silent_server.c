/* SPDX-License-Identifier: MIT */
/* A name server that does not answer stalls nobody else, and is waited for no longer than
 * was said; many who ask for one name ask once; when it answers at last, all go on. */
#include "dial_name_server.h"

#include <goroutine/debug.h>

static go_waitgroup all;
static go_int64 ticks;
static go_bool enough;

static void ticker(void)
{
    while (!go_bool_load(&enough)) {
        go_sleep(GO_MILLISECOND);
        go_int64_add(&ticks, 1);
    }
    go_waitgroup_done(&all);
}

static void ask(int i, int err)
{
    char name[32];
    struct sockaddr_storage a;
    snprintf(name, sizeof name, "n%d.invalid", i);
    CHECK_EQ(go_resolve("ip", name, &a, 1, GO_FOREVER), err);
    go_waitgroup_done(&all);
}

static void go_on(int64_t n)
{
    int64_t before = go_int64_load(&ticks);
    while (go_int64_load(&ticks) < before + n)
        go_sleep(GO_MILLISECOND);
}

int main(void)
{
    const int many = test_scale(200, 40);
    struct sockaddr_storage a;
    own_machine();
    name_server_start("127.0.0.1 localhost\n");
    go_maxprocs(2);

    go_waitgroup_add(&all, many + 1);
    go(ticker);
    for (int i = 0; i < many; i++)
        go(ask, i, GO_NET_NO_HOST);
    while (names_seen() < many) /* each of them sits in getaddrinfo */
        go_sleep(GO_MILLISECOND);
    go_on(20);
    CHECK_EQ(go_resolve("tcp", "localhost:80", &a, 1, GO_FOREVER), 1); /* needs no server */

    /* Who has little time goes away with it, also if somebody else asked before. */
    int64_t t = go_now() + 5 * GO_MILLISECOND;
    CHECK_EQ(go_resolve("ip", "n0.invalid", &a, 1, t), -ETIMEDOUT);
    CHECK(go_now() >= t);
    CHECK_EQ(go_dial("tcp", "nonsense.invalid:80", go_now() + 5 * GO_MILLISECOND), -ETIMEDOUT);
    CHECK_EQ(go_listen_until("tcp", "nonsense.invalid:80", go_now() + GO_MILLISECOND), -ETIMEDOUT);
    go_context *ctx = go_context_with_timeout(go_context_background(), 5 * GO_MILLISECOND);
    CHECK_EQ(go_resolve_ctx("ip", "nonsense.invalid", &a, 1, ctx), -ETIMEDOUT);
    CHECK_EQ(go_dial_ctx("tcp", "nonsense.invalid:80", ctx), -ETIMEDOUT);
    CHECK_EQ(go_listen_ctx("tcp", "nonsense.invalid:80", ctx), -ETIMEDOUT);
    go_context_drop(ctx);
    while (names_seen() < many + 1)
        go_sleep(GO_MILLISECOND);

    name_server_answers(true);
    go_bool_store(&enough, true);
    go_waitgroup_wait(&all);
    CHECK_EQ(names_seen(), many + 1); /* "nonsense", asked for five times, once */
    while (go_count() > 1)            /* whom nobody waited for ends too */
        go_sleep(GO_MILLISECOND);
    go_verify();
    return 0;
}
