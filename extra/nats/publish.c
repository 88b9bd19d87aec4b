/* SPDX-License-Identifier: MIT */
/* Publishing: single messages, and all that is sent on a channel. */
#include "internal.h"

#include <goroutine/go.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static int writing_begin(go_nats *nc, const struct bound *until)
{
    if (until && until->by_ctx)
        return go_mutex_lock_ctx(&nc->writing, until->ctx);
    return go_mutex_lock_until(&nc->writing, until ? until->deadline : GO_FOREVER);
}

int gn_write(go_nats *nc, const char *subject, const char *reply, const void *data, size_t size,
             const struct bound *until)
{
    if (size > INT_MAX)
        return -EMSGSIZE;
    int err = writing_begin(nc, until);
    if (err)
        return err;
    natsStatus s = reply ? natsConnection_PublishRequest(nc->conn, subject, reply, data, (int)size)
                         : natsConnection_Publish(nc->conn, subject, data, (int)size);
    go_mutex_unlock(&nc->writing);
    return gn_error(s);
}

int gn_write_msg(go_nats *nc, natsMsg *msg, const struct bound *until)
{
    int err = writing_begin(nc, until);
    if (err)
        return err;
    natsStatus s = natsConnection_PublishMsg(nc->conn, msg);
    go_mutex_unlock(&nc->writing);
    return gn_error(s);
}

int go_nats_publish(go_nats *nc, const char *subject, const void *data, size_t size)
{
    return gn_subject_ok(subject) ? gn_write(nc, subject, NULL, data, size, NULL) : -EINVAL;
}

int go_nats_publish_message(go_nats *nc, go_nats_message *face)
{
    struct message *m = gn_of(face);
    go_mutex_lock(&m->lock); /* libnats reads the headers, which another may just parse */
    int err = gn_write_msg(nc, m->msg, NULL);
    go_mutex_unlock(&m->lock);
    return err;
}

int go_nats_respond(go_nats_message *m, const void *data, size_t size)
{
    if (!m->reply || !gn_of(m)->nc)
        return -EINVAL;
    return gn_write(gn_of(m)->nc, m->reply, NULL, data, size, NULL);
}

/* One goroutine that receives and publishes.  It owns everything but done and err, which
 * it leaves to go_nats_publisher_wait. */
struct go_nats_pub {
    go_nats *nc; /* a handle */
    char *subject;
    struct go_chan_ *in; /* held */
    size_t elem;
    void *value; /* of elem bytes */
    int err;     /* the first; read when done */
    go_waitgroup done;
};

/* Errors that pass: there is no room while the server is away, or it has just been lost,
 * and nothing of the message was taken. */
static bool passes(int err)
{
    return err == -ENOBUFS || err == -EIO || err == -ENOTCONN || err == -ETIMEDOUT;
}

/* One value.  Whoever sends on the channel waits until the server is back.  libnats tells
 * nobody when it has room again, so it is asked. */
static int publish_value(go_nats_pub *p)
{
    for (int64_t pause = GO_MILLISECOND;; pause *= 2) {
        int err = gn_write(p->nc, p->subject, NULL, p->value, p->elem, NULL);
        if (!passes(err))
            return err;
        if (pause > 64 * GO_MILLISECOND)
            pause = 64 * GO_MILLISECOND;
        go_sleep(pause);
    }
}

static void publish_all(go_nats_pub *p)
{
    while (go_chan_recv_(p->in, p->value)) {
        int err = publish_value(p);
        if (err && !p->err) {
            p->err = err;
            gn_event(p->nc, GO_NATS_ERROR, err, p->subject);
        }
    }
    go_waitgroup_done(&p->done);
}

static void pub_free(go_nats_pub *p)
{
    go_chan_drop_(p->in);
    go_nats_drop(p->nc);
    free(p->subject);
    free(p->value);
    free(p);
}

int go_nats_publisher_(go_nats_pub **out, go_nats *nc, const char *subject, struct go_chan_ *c,
                       size_t elem)
{
    *out = NULL;
    if (!gn_subject_ok(subject) || !c)
        return -EINVAL;
    if (gn_is_over(nc))
        return -EPIPE;
    go_nats_pub *p = calloc(1, sizeof *p);
    if (!p)
        return -ENOMEM;
    p->nc = go_nats_hold(nc);
    p->in = go_chan_hold_(c);
    p->elem = elem;
    p->subject = strdup(subject);
    p->value = malloc(elem ? elem : 1);
    go_waitgroup_add(&p->done, 1);
    int err = p->subject && p->value ? go_try(publish_all, p) : -ENOMEM;
    if (err) {
        pub_free(p);
        return err;
    }
    *out = p;
    return 0;
}

int go_nats_publisher_wait(go_nats_pub *p)
{
    go_waitgroup_wait(&p->done);
    int err = p->err;
    pub_free(p);
    return err;
}
