/* SPDX-License-Identifier: MIT */
/* Request and reply: one subscription per connection for the replies to all requests.
 *
 * A request publishes with the reply subject PREFIX.TOKEN and parks.  The subscription is
 * to PREFIX.*; its callback, on libnats' delivery thread, finds by the token who waits.
 * So a thousand requests are a thousand parked goroutines and no thread.
 *
 * The slot of a waiter is freed under inbox.lock by whoever takes the waiter out of it:
 * the reply, the end of the connection, or the waiter itself when its time is over.  Only
 * the first of them finds it there.  The slot's turn is counted up then, so that the
 * token of the old request never leads to the next one. */
#include "internal.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* On the stack of the one who asks. */
struct waiter {
    go_waitgroup done; /* at 1 until somebody has taken it out of its slot */
    natsMsg *msg;      /* [inbox.lock] owned */
    int err;           /* [inbox.lock] */
};

/* --- slots; all with inbox.lock held -------------------------------------------------- */

static bool more_slots(struct inbox *in)
{
    uint32_t n = in->nslots ? in->nslots * 2 : 16;
    struct slot *slots = realloc(in->slots, n * sizeof *slots);
    if (!slots)
        return false;
    for (uint32_t i = in->nslots; i < n; i++)
        slots[i] = (struct slot){ .next_free = i + 1 };
    in->slots = slots;
    in->first_free = in->nslots;
    in->nslots = n;
    return true;
}

static int slot_take(struct inbox *in, struct waiter *w, uint64_t *token)
{
    if (in->over)
        return -EPIPE;
    if (in->first_free == in->nslots && !more_slots(in))
        return -ENOMEM;
    uint32_t i = in->first_free;
    struct slot *s = &in->slots[i];
    in->first_free = s->next_free;
    s->waiter = w;
    *token = (uint64_t)s->turn << 32 | i;
    return 0;
}

/* The waiter with this token, whose slot is free now; or NULL. */
static struct waiter *slot_leave(struct inbox *in, uint64_t token)
{
    uint32_t i = (uint32_t)token;
    if (i >= in->nslots || !in->slots[i].waiter || in->slots[i].turn != token >> 32)
        return NULL;
    struct slot *s = &in->slots[i];
    struct waiter *w = s->waiter;
    s->waiter = NULL;
    s->turn++;
    s->next_free = in->first_free;
    in->first_free = i;
    return w;
}

/* --- the subscription ------------------------------------------------------------------ */

int gn_inbox_name(go_nats *nc, char *name, size_t size)
{
    natsInbox *made = NULL;
    if (natsInbox_Create(&made) != NATS_OK)
        return -ENOMEM;
    int n = snprintf(name, size, "%s.%s", nc->inbox_prefix, strrchr(made, '.') + 1);
    natsInbox_Destroy(made);
    return n > 0 && (size_t)n < size ? 0 : -EINVAL;
}

static void on_reply(natsConnection *conn, natsSubscription *sub, natsMsg *msg, void *arg)
{
    go_nats *nc = arg;
    struct inbox *in = &nc->inbox;
    (void)conn;
    (void)sub;
    const char *dot = strrchr(natsMsg_GetSubject(msg), '.');
    uint64_t token = dot ? strtoull(dot + 1, NULL, 16) : UINT64_MAX;
    go_mutex_lock(&in->lock);
    struct waiter *w = slot_leave(in, token);
    if (w) {
        w->msg = msg;
        go_waitgroup_done(&w->done);
    }
    go_mutex_unlock(&in->lock);
    if (!w)
        natsMsg_Destroy(msg);
}

static void on_inbox_complete(void *arg)
{
    gn_unref(arg);
}

/* With inbox.opening held.  *made: NULL, or what is to be destroyed. */
static int inbox_subscribe(go_nats *nc, natsSubscription **made)
{
    struct inbox *in = &nc->inbox;
    char subject[INBOX_MAX + 2];
    int err = gn_inbox_name(nc, in->prefix, sizeof in->prefix - 20);
    if (err)
        return err;
    snprintf(subject, sizeof subject, "%s.*", in->prefix);
    gn_ref(nc); /* until libnats says that it will not call any more */
    go_mutex_lock(&nc->writing);
    natsStatus s = natsConnection_Subscribe(made, nc->conn, subject, on_reply, nc);
    go_mutex_unlock(&nc->writing);
    if (s != NATS_OK) {
        gn_unref(nc);
        return gn_error(s);
    }
    /* If the connection was closed in between, nobody can tell whether a callback is under
     * way: then nc is kept for good. */
    return natsSubscription_SetOnCompleteCB(*made, on_inbox_complete, nc) == NATS_OK ? 0 : -EPIPE;
}

static int inbox_open(go_nats *nc)
{
    struct inbox *in = &nc->inbox;
    natsSubscription *made = NULL;
    go_mutex_lock(&in->opening);
    go_mutex_lock(&in->lock);
    bool open = in->sub;
    go_mutex_unlock(&in->lock);
    int err = open ? 0 : inbox_subscribe(nc, &made);
    if (!open && !err) {
        go_mutex_lock(&in->lock);
        in->sub = made;
        go_mutex_unlock(&in->lock);
    } else {
        natsSubscription_Destroy(made);
    }
    go_mutex_unlock(&in->opening);
    return err;
}

void gn_inbox_over(go_nats *nc)
{
    struct inbox *in = &nc->inbox;
    go_mutex_lock(&in->lock);
    in->over = true;
    for (uint32_t i = 0; i < in->nslots; i++) {
        struct waiter *w = slot_leave(in, (uint64_t)in->slots[i].turn << 32 | i);
        if (w) {
            w->err = -EPIPE;
            go_waitgroup_done(&w->done);
        }
    }
    go_mutex_unlock(&in->lock);
}

/* --- asking ---------------------------------------------------------------------------- */

static natsStatus copy_headers(natsMsg *to, struct message *from)
{
    const char **keys = NULL;
    int n = 0;
    natsStatus s = natsMsgHeader_Keys(from->msg, &keys, &n);
    if (s == NATS_NOT_FOUND)
        return NATS_OK;
    for (int i = 0; s == NATS_OK && i < n; i++) {
        const char **values = NULL;
        int count = 0;
        s = natsMsgHeader_Values(from->msg, keys[i], &values, &count);
        for (int k = 0; s == NATS_OK && k < count; k++)
            s = natsMsgHeader_Add(to, keys[i], values[k]);
        free(values);
    }
    free(keys);
    return s;
}

static int ask_with_headers(go_nats *nc, const struct ask *a, const char *reply,
                            const struct bound *until)
{
    natsMsg *msg = NULL;
    natsStatus s = natsMsg_Create(&msg, a->subject, reply, a->data, (int)a->size);
    if (s == NATS_OK && a->headers) {
        go_mutex_lock(&a->headers->lock);
        s = copy_headers(msg, a->headers);
        go_mutex_unlock(&a->headers->lock);
    }
    if (s == NATS_OK && a->id)
        s = natsMsgHeader_Set(msg, "Nats-Msg-Id", a->id);
    int err = s == NATS_OK ? gn_write_msg(nc, msg, until) : gn_error(s);
    natsMsg_Destroy(msg);
    return err;
}

static int await(struct waiter *w, struct bound until)
{
    return until.by_ctx ? go_waitgroup_wait_ctx(&w->done, until.ctx)
                        : go_waitgroup_wait_until(&w->done, until.deadline);
}

/* What has come, as the answer or the lack of one. */
static int answer(go_nats *nc, natsMsg *msg, struct message **reply)
{
    const char *text;
    if (gn_status(msg, &text) == 503) {
        natsMsg_Destroy(msg);
        return -EHOSTUNREACH;
    }
    *reply = gn_message(nc, msg, false);
    return *reply ? 0 : -ENOMEM;
}

int gn_request(go_nats *nc, const struct ask *a, struct bound until, struct message **reply)
{
    struct inbox *in = &nc->inbox;
    struct waiter w = { 0 };
    uint64_t token = 0;
    char subject[INBOX_MAX + 20];
    *reply = NULL;
    if (a->size > INT_MAX)
        return -EMSGSIZE;
    go_waitgroup_add(&w.done, 1);
    go_mutex_lock(&in->lock);
    bool open = in->sub;
    go_mutex_unlock(&in->lock);
    int err = open ? 0 : inbox_open(nc);
    if (err)
        return err;
    go_mutex_lock(&in->lock);
    err = slot_take(in, &w, &token);
    go_mutex_unlock(&in->lock);
    if (err)
        return err;
    snprintf(subject, sizeof subject, "%s.%llx", in->prefix, (unsigned long long)token);
    if (a->headers || a->id)
        err = ask_with_headers(nc, a, subject, &until);
    else
        err = gn_write(nc, a->subject, subject, a->data, a->size, &until);
    if (!err)
        err = await(&w, until);
    /* Whoever took w out of its slot has left it once we have the lock. */
    go_mutex_lock(&in->lock);
    slot_leave(in, token);
    go_mutex_unlock(&in->lock);
    if (w.msg) /* also one that came as the time was over */
        return answer(nc, w.msg, reply);
    return err ? err : w.err;
}

static int request(go_nats_message **reply, go_nats *nc, const struct ask *a, struct bound until)
{
    struct message *m = NULL;
    *reply = NULL;
    if (!gn_subject_ok(a->subject))
        return -EINVAL;
    int err = gn_request(nc, a, until, &m);
    if (!err)
        *reply = &m->face;
    return err;
}

int go_nats_request(go_nats_message **reply, go_nats *nc, const char *subject, const void *data,
                    size_t size, int64_t deadline)
{
    struct ask a = { .subject = subject, .data = data, .size = size };
    return request(reply, nc, &a, (struct bound){ .deadline = deadline });
}

int go_nats_request_ctx(go_nats_message **reply, go_nats *nc, const char *subject, const void *data,
                        size_t size, go_context *ctx)
{
    struct ask a = { .subject = subject, .data = data, .size = size };
    return request(reply, nc, &a, (struct bound){ .ctx = ctx, .by_ctx = true });
}

static struct ask ask_of(go_nats_message *m)
{
    return (
        struct ask){ .subject = m->subject, .data = m->data, .size = m->size, .headers = gn_of(m) };
}

int go_nats_request_message(go_nats_message **reply, go_nats *nc, go_nats_message *m,
                            int64_t deadline)
{
    struct ask a = ask_of(m);
    return request(reply, nc, &a, (struct bound){ .deadline = deadline });
}

int go_nats_request_message_ctx(go_nats_message **reply, go_nats *nc, go_nats_message *m,
                                go_context *ctx)
{
    struct ask a = ask_of(m);
    return request(reply, nc, &a, (struct bound){ .ctx = ctx, .by_ctx = true });
}
