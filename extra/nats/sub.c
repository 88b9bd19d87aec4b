/* SPDX-License-Identifier: MIT */
/* Subscriptions: from libnats' delivery thread to a channel.  States: internal.h. */
#include "internal.h"

#include <goroutine/go.h>

#include <stdlib.h>
#include <string.h>

#define DEFAULT_CAPACITY 64
#define DEFAULT_MESSAGES 65536
#define DEFAULT_BYTES    (64 << 20)

static void sub_ref(go_nats_sub *s)
{
    go_atomic_add(&s->refs, 1u);
}

static void discard(struct message *m)
{
    while (m) {
        struct message *next = m->next;
        go_nats_message_drop(&m->face);
        m = next;
    }
}

/* Nobody receives any more: the last holder is gone, and so is the pump. */
static void discard_buffered(go_nats_sub *s)
{
    go_nats_message *m;
    if (s->messages)
        while (go_try_recv(s->messages, &m) == 0)
            go_nats_message_drop(m);
}

static void sub_free(go_nats_sub *s)
{
    if (s->out) {
        discard_buffered(s);
        go_chan_drop_(s->out);
    }
    discard(s->head);
    natsSubscription_Destroy(s->sub);
    go_context_drop(s->stop);
    gn_pull_free(s->pull);
    free(s->subject);
    gn_unref(s->nc);
    free(s);
}

static void sub_unref(go_nats_sub *s)
{
    if (go_atomic_add(&s->refs, -1) == 0)
        sub_free(s);
}

/* --- in: libnats' delivery thread ------------------------------------------------------ */

/* With the lock held: a message was lost. */
static void count_drop(go_nats_sub *s, bool slow)
{
    go_atomic_add(&s->dropped, 1u);
    if (slow && !s->slow) {
        s->slow = true;
        gn_event(s->nc, GO_NATS_SLOW_CONSUMER, -ENOBUFS, s->subject);
    }
}

static bool send_now(go_nats_sub *s, struct message *m)
{
    go_nats_message *face = &m->face;
    return go_chan_try_send_(s->out, s->values ? face->data : (const void *)&face) == 0;
}

static bool too_much(const go_nats_sub *s, uint64_t size)
{
    return (s->max_messages && go_atomic_load(&s->queued) >= s->max_messages) ||
           (s->max_bytes && go_atomic_load(&s->queued_bytes) + size > s->max_bytes);
}

enum fate { LOST, SENT, QUEUED };

/* With the lock held. */
static enum fate accept(go_nats_sub *s, struct message *m)
{
    if (s->stopped || s->closed)
        return LOST;
    if (s->values && m->face.size != s->elem) {
        count_drop(s, false);
        return LOST;
    }
    if (go_atomic_load(&s->queued) == 0 && send_now(s, m)) {
        s->slow = false;
        return SENT;
    }
    if (too_much(s, m->face.size)) {
        count_drop(s, true);
        return LOST;
    }
    s->slow = false;
    go_atomic_add(&s->queued, 1u);
    go_atomic_add(&s->queued_bytes, m->face.size);
    m->next = NULL;
    *s->tail = m;
    s->tail = &m->next;
    go_cond_signal(&s->more);
    return QUEUED;
}

static void deliver(natsConnection *conn, natsSubscription *sub, natsMsg *msg, void *arg)
{
    go_nats_sub *s = arg;
    enum fate fate = LOST;
    (void)conn;
    (void)sub;
    if (s->pull && gn_pull_takes(s, msg)) {
        natsMsg_Destroy(msg);
        return;
    }
    struct message *m = gn_message(s->nc, msg, true);
    go_mutex_lock(&s->lock);
    if (m)
        fate = accept(s, m);
    else
        count_drop(s, false);
    if (s->pull)
        gn_pull_came(s);
    go_mutex_unlock(&s->lock);
    /* A message that was sent is the receiver's, a value was copied. */
    if (m && (fate == LOST || (fate == SENT && s->values)))
        go_nats_message_drop(&m->face);
}

static void on_complete(void *arg)
{
    go_nats_sub *s = arg;
    go_mutex_lock(&s->lock);
    s->ended = true;
    go_cond_signal(&s->more);
    go_mutex_unlock(&s->lock);
    sub_unref(s);
}

/* --- out: the pump --------------------------------------------------------------------- */

/* Waits for something to do.  Returns the queue, taken; *over: it is the last time; *ask:
 * the server is to be asked for more. */
static struct message *pump_wait(go_nats_sub *s, bool *over, bool *ask)
{
    go_mutex_lock(&s->lock);
    while (!s->head && !s->ended && !s->stopped && !s->refused && !gn_pull_due(s)) {
        int late = go_cond_wait_until(&s->more, &s->lock, s->pull ? s->pull->ask_at : GO_FOREVER);
        (void)late; /* then it is due */
    }
    struct message *batch = s->head;
    s->head = NULL;
    s->tail = &s->head;
    *over = s->stopped || ((s->ended || s->refused) && !batch);
    *ask = !*over && !batch;
    s->closed = *over;
    go_mutex_unlock(&s->lock);
    return batch;
}

/* Waits for room in the channel: this is where a slow receiver is felt. */
static void pump_send(go_nats_sub *s, struct message *m)
{
    while (m) {
        struct message *next = m->next;
        go_nats_message *face = &m->face;
        uint64_t size = face->size;
        int err = go_chan_send_ctx_(s->out, s->values ? face->data : (const void *)&face, s->stop);
        if (err || s->values)
            go_nats_message_drop(face);
        /* Bytes first: whoever sees no message queued sees no bytes. */
        go_atomic_add(&s->queued_bytes, -size);
        go_atomic_add(&s->queued, -1);
        m = next;
    }
}

/* Closed by now: nobody adds to it. */
static void discard_queue(go_nats_sub *s, struct message *m)
{
    discard(m);
    go_atomic_store(&s->queued_bytes, 0u);
    go_atomic_store(&s->queued, 0u);
}

static void leave(go_nats_sub *s)
{
    go_nats *nc = s->nc;
    go_mutex_lock(&nc->lock);
    if (s->prev)
        s->prev->next = s->next;
    else
        nc->subs = s->next;
    if (s->next)
        s->next->prev = s->prev;
    go_cond_broadcast(&nc->quiet);
    go_mutex_unlock(&nc->lock);
}

static void pump(go_nats_sub *s)
{
    for (bool over = false, ask = false; !over;) {
        struct message *batch = pump_wait(s, &over, &ask);
        if (over)
            discard_queue(s, batch);
        else if (ask)
            gn_pull_ask(s);
        else
            pump_send(s, batch);
    }
    go_chan_close_(s->out);
    go_mutex_lock(&s->lock);
    bool refused = s->refused;
    go_mutex_unlock(&s->lock);
    if (refused)
        go_nats_unsubscribe(s);
    leave(s);
    sub_unref(s);
}

/* --- subscribing ----------------------------------------------------------------------- */

static int sub_make(go_nats_sub **out, go_nats *nc, const char *subject,
                    const go_nats_sub_options *o, struct go_chan_ *c, size_t elem)
{
    go_nats_sub *s = calloc(1, sizeof *s);
    *out = s;
    if (!s)
        return -ENOMEM;
    s->nc = gn_ref(nc);
    s->handles = s->refs = 1;
    s->tail = &s->head;
    s->stop = go_context_with_cancel(go_context_background());
    s->max_messages = (uint64_t)(o->pending_messages ? o->pending_messages : DEFAULT_MESSAGES);
    s->max_bytes = (uint64_t)(o->pending_bytes ? o->pending_bytes : DEFAULT_BYTES);
    s->subject = strdup(subject);
    if (!s->subject)
        return -ENOMEM;
    if (c) {
        s->values = true;
        s->elem = elem;
        s->out = go_chan_hold_(c);
        return 0;
    }
    int64_t room = o->capacity == 0 ? DEFAULT_CAPACITY : o->capacity < 0 ? 0 : o->capacity;
    int err = go_try_make(&s->messages, room);
    s->out = (struct go_chan_ *)s->messages;
    return err;
}

/* With writing held. */
static int sub_open(go_nats_sub *s, const char *queue, int max)
{
    natsConnection *conn = s->nc->conn;
    natsStatus st =
        queue ? natsConnection_QueueSubscribe(&s->sub, conn, s->subject, queue, deliver, s)
              : natsConnection_Subscribe(&s->sub, conn, s->subject, deliver, s);
    if (st != NATS_OK)
        return gn_error(st);
    sub_ref(s); /* libnats', until on_complete */
    /* If the connection was closed in between, nobody can tell whether deliver is still
     * being called: then s is kept for good. */
    if (natsSubscription_SetOnCompleteCB(s->sub, on_complete, s) != NATS_OK)
        return -EPIPE;
    if (max > 0)
        natsSubscription_AutoUnsubscribe(s->sub, max);
    return 0;
}

/* Gives it a pump and puts it into the list: both or nothing.  A drain that began after
 * the subscription was made does not see it in the list yet, so it must not enter. */
static int sub_enter(go_nats_sub *s)
{
    go_nats *nc = s->nc;
    go_mutex_lock(&nc->lock);
    int err = nc->draining ? -EPIPE : 0;
    if (!err) {
        sub_ref(s); /* the pump's */
        err = go_try(pump, s);
        if (err)
            sub_unref(s);
    }
    if (!err) {
        s->next = nc->subs;
        if (s->next)
            s->next->prev = s;
        nc->subs = s;
    }
    go_mutex_unlock(&nc->lock);
    return err;
}

static int sub_start(go_nats_sub *s, const char *queue, int max)
{
    if (go_atomic_load(&s->nc->draining))
        return -EPIPE;
    go_mutex_lock(&s->nc->writing);
    int err = sub_open(s, queue, max);
    go_mutex_unlock(&s->nc->writing);
    return err ? err : sub_enter(s);
}

int gn_subscribe(go_nats_sub **out, go_nats *nc, const char *subject, const go_nats_sub_options *o,
                 struct go_chan_ *c, size_t elem, struct pull *pull)
{
    static const go_nats_sub_options none;
    go_nats_sub *s = NULL;
    *out = NULL;
    if (!o)
        o = &none;
    bool ok = gn_subject_ok(subject) && (!o->queue || gn_subject_ok(o->queue)) &&
              o->pending_messages >= 0 && o->pending_bytes >= 0 && o->max >= 0;
    int err = ok ? sub_make(&s, nc, subject, o, c, elem) : -EINVAL;
    if (!s) {
        gn_pull_free(pull);
        return err;
    }
    s->pull = pull;
    if (pull) /* what was asked for is never too much */
        s->max_messages = s->max_bytes = 0;
    if (!err)
        err = sub_start(s, o->queue, o->max);
    if (err)
        go_nats_sub_drop(s);
    else
        *out = s;
    return err;
}

int go_nats_subscribe(go_nats_sub **sub, go_nats *nc, const char *subject,
                      const go_nats_sub_options *options)
{
    return gn_subscribe(sub, nc, subject, options, NULL, 0, NULL);
}

int go_nats_subscriber_(go_nats_sub **sub, go_nats *nc, const char *subject,
                        const go_nats_sub_options *options, struct go_chan_ *c, size_t elem)
{
    *sub = NULL;
    return c ? gn_subscribe(sub, nc, subject, options, c, elem, NULL) : -EINVAL;
}

go_chan(go_nats_message *) go_nats_messages(go_nats_sub *s)
{
    return s->messages;
}

/* --- ending ---------------------------------------------------------------------------- */

void go_nats_unsubscribe(go_nats_sub *s)
{
    go_mutex_lock(&s->lock);
    bool first = !s->stopped;
    s->stopped = true;
    go_cond_signal(&s->more);
    go_mutex_unlock(&s->lock);
    if (!first)
        return;
    go_context_cancel(s->stop);
    go_mutex_lock(&s->nc->writing);
    natsSubscription_Unsubscribe(s->sub);
    go_mutex_unlock(&s->nc->writing);
}

int go_nats_sub_drain(go_nats_sub *s)
{
    go_mutex_lock(&s->nc->writing);
    natsStatus st = natsSubscription_Drain(s->sub);
    go_mutex_unlock(&s->nc->writing);
    return gn_error(st);
}

int gn_drain_all(go_nats *nc)
{
    size_t room = 0, n = 0;
    go_mutex_lock(&nc->lock);
    for (go_nats_sub *s = nc->subs; s; s = s->next)
        room++;
    go_nats_sub **all = calloc(room + 1, sizeof(go_nats_sub *));
    for (go_nats_sub *s = nc->subs; s && all; s = s->next) {
        sub_ref(s);
        all[n++] = s;
    }
    go_mutex_unlock(&nc->lock);
    if (!all)
        return -ENOMEM;
    while (n > 0) {
        go_nats_sub *s = all[--n];
        int err = go_nats_sub_drain(s);
        (void)err; /* it has ended already */
        sub_unref(s);
    }
    free(all);
    return 0;
}

go_nats_sub *go_nats_sub_hold(go_nats_sub *s)
{
    if (s)
        go_atomic_add(&s->handles, 1u);
    return s;
}

void go_nats_sub_drop(go_nats_sub *s)
{
    if (!s || go_atomic_add(&s->handles, -1) != 0)
        return;
    if (s->sub)
        go_nats_unsubscribe(s);
    sub_unref(s);
}

uint64_t go_nats_dropped(go_nats_sub *s)
{
    int64_t theirs = 0;
    if (natsSubscription_GetDropped(s->sub, &theirs) != NATS_OK)
        theirs = 0;
    return go_atomic_load(&s->dropped) + (uint64_t)theirs;
}

uint64_t go_nats_pending(go_nats_sub *s)
{
    return go_atomic_load(&s->queued);
}
