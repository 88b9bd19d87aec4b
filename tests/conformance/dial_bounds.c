/* SPDX-License-Identifier: MIT */
/* Go, net.Dialer.Deadline, DialContext: a peer that does not answer is given up in time,
 * or when the context ends, and nothing is left of the attempt. */
#include "dial_support.h"

#include <goroutine/debug.h>

struct dialler {
    char address[GO_ADDRESS_SIZE];
    go_context *ctx;
    int result;
};

static go_waitgroup all;

static void dialler(struct dialler *d)
{
    d->result = go_dial_ctx("tcp", d->address, d->ctx);
    go_waitgroup_done(&all);
}

enum { MANY = 20 };

/* Cancelled when each has its socket, and waits; or at some moment before. */
static void cancelled(const char *address, bool wait)
{
    static struct dialler d[MANY];
    go_context *ctx = go_context_with_cancel(go_context_background());
    int before = sockets_open();
    for (int i = 0; i < MANY; i++) {
        d[i] = (struct dialler){ .ctx = ctx };
        snprintf(d[i].address, sizeof d[i].address, "%s", address);
        go_waitgroup_add(&all, 1);
        go(dialler, &d[i]);
    }
    while (wait && sockets_open() < before + MANY)
        go_sleep(200 * GO_MICROSECOND);
    go_context_cancel(ctx);
    go_waitgroup_wait(&all);
    for (int i = 0; i < MANY; i++)
        CHECK_EQ(d[i].result, -ECANCELED);
    CHECK_EQ(sockets_open(), before);
    go_context_drop(ctx);
}

int main(void)
{
    struct deaf deaf = deaf_make("tcp", "127.0.0.1:0");
    const char *address = with_port("127.0.0.1", deaf.port);
    int64_t t = go_now() + 20 * GO_MILLISECOND;
    CHECK_EQ(go_dial("tcp", address, t), -ETIMEDOUT);
    CHECK(go_now() >= t);
    int before = sockets_open();
    go_context *ctx = go_context_with_timeout(go_context_background(), 10 * GO_MILLISECOND);
    CHECK_EQ(go_dial_ctx("tcp", address, ctx), -ETIMEDOUT);
    go_context_drop(ctx);
    CHECK_EQ(sockets_open(), before);
    cancelled(address, true);
    for (int i = 0; i < test_scale(20, 5); i++)
        cancelled(address, false);
    go_verify();
    deaf_close(&deaf);
    return 0;
}
