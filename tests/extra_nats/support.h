/* SPDX-License-Identifier: MIT */
/* What the tests of libgoroutine-nats share.  Times are only outer limits. */
#ifndef EXTRA_NATS_SUPPORT_H
#define EXTRA_NATS_SUPPORT_H

#include "check.h"
#include "guard.h"

#include <goroutine.h>
#include <goroutine/nats.h>

#include <stdio.h>
#include <string.h>

/* When a test gives up. */
#define LAST (go_now() + 40 * GO_SECOND)

/* Wait for a state. */
#define WAIT_FOR(x)                                                                                \
    do {                                                                                           \
        for (int64_t last_ = LAST; !(x); go_sleep(2 * GO_MILLISECOND))                             \
            if (go_now() > last_) {                                                                \
                fprintf(stderr, "%s:%d: waited in vain for %s\n", __FILE__, __LINE__, #x);         \
                _Exit(1);                                                                          \
            }                                                                                      \
    } while (0)

/* An error of the library, in words. */
#define CHECK_OK(x)                                                                                \
    do {                                                                                           \
        int err_ = (x);                                                                            \
        if (err_ != 0) {                                                                           \
            fprintf(stderr, "%s:%d: %s: %d, %s\n", __FILE__, __LINE__, #x, err_,                   \
                    go_nats_error_text(err_));                                                     \
            _Exit(1);                                                                              \
        }                                                                                          \
    } while (0)

#ifndef __cplusplus

/* Reconnects soon and for ever, so that a test does not wait for it. */
static inline go_nats_options eager(void)
{
    return (go_nats_options){ .reconnect_wait = 20 * GO_MILLISECOND, .reconnect_attempts = -1 };
}

static inline go_nats *connect_to(const char *url)
{
    go_nats *nc;
    go_nats_options o = eager();
    CHECK_OK(go_nats_connect(&nc, url, &o, LAST));
    return nc;
}

static inline go_nats_sub *subscribe(go_nats *nc, const char *subject, go_nats_sub_options o)
{
    go_nats_sub *sub;
    CHECK_OK(go_nats_subscribe(&sub, nc, subject, &o));
    return sub;
}

/* The next message; there must be one. */
static inline go_nats_message *next(go_nats_sub *sub)
{
    go_nats_message *m = NULL;
    CHECK_OK(go_recv_until(go_nats_messages(sub), &m, LAST));
    return m;
}

static inline void say(go_nats *nc, const char *subject, const char *text)
{
    CHECK_OK(go_nats_publish(nc, subject, text, strlen(text)));
}

/* Events up to one of this kind. */
static inline go_nats_event await_event(go_nats *nc, go_nats_event_kind kind)
{
    go_nats_event e;
    do
        CHECK_OK(go_recv_until(go_nats_events(nc), &e, LAST));
    while (e.kind != kind);
    return e;
}

/* JetStream is there a little later than the server. */
static inline void ensure(go_nats *nc, const go_nats_stream *stream)
{
    int err;
    int64_t last = LAST;
    while ((err = go_nats_stream_ensure(nc, stream, go_now() + 5 * GO_SECOND)) != 0 &&
           go_now() < last)
        go_sleep(20 * GO_MILLISECOND);
    CHECK_OK(err);
}

#endif /* C */

#endif
