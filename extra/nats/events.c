/* SPDX-License-Identifier: MIT */
/* What happens to a connection, from libnats' callback thread to a channel.
 *
 * The callbacks get the number of the connection and not its address: libnats queues them,
 * and one may come when the connection is gone.  The subscription that libnats passes to
 * the error callback is not looked at, for it may be freed by then. */
#include "internal.h"

#include <stdio.h>
#include <string.h>

/* With events_lock held.  The oldest event makes room for the newest. */
static void put(go_nats *nc, go_nats_event e)
{
    go_nats_event old;
    for (;;) {
        e.missed = nc->missed;
        if (go_try_send(nc->events, e) == 0) {
            nc->missed = 0;
            return;
        }
        if (go_try_recv(nc->events, &old) == 0)
            nc->missed += 1 + old.missed;
    }
}

void gn_event(go_nats *nc, go_nats_event_kind kind, int error, const char *text)
{
    go_nats_event e = { .kind = kind, .error = error };
    snprintf(e.text, sizeof e.text, "%s", text ? text : "");
    go_mutex_lock(&nc->events_lock);
    if (!nc->over)
        put(nc, e);
    go_mutex_unlock(&nc->events_lock);
}

bool gn_is_over(go_nats *nc)
{
    go_mutex_lock(&nc->events_lock);
    bool over = nc->over;
    go_mutex_unlock(&nc->events_lock);
    return over;
}

void gn_over(go_nats *nc)
{
    go_mutex_lock(&nc->events_lock);
    bool first = !nc->over;
    if (first) {
        put(nc, (go_nats_event){ .kind = GO_NATS_CLOSED });
        nc->over = true;
        go_close(nc->events);
    }
    go_mutex_unlock(&nc->events_lock);
    if (first) {
        gn_inbox_over(nc);
        gn_quiet(nc);
    }
}

go_chan(go_nats_event) go_nats_events(go_nats *nc)
{
    return nc->events;
}

/* --- callbacks of libnats, on its thread ----------------------------------------------- */

static void tell(void *id, go_nats_event_kind kind, int error, const char *text)
{
    go_nats *nc = gn_find((uint64_t)(uintptr_t)id);
    if (!nc)
        return;
    gn_event(nc, kind, error, text);
    gn_unref(nc);
}

static void on_disconnected(natsConnection *conn, void *id)
{
    (void)conn;
    tell(id, GO_NATS_DISCONNECTED, -ENOTCONN, NULL);
}

static void on_lame_duck(natsConnection *conn, void *id)
{
    (void)conn;
    tell(id, GO_NATS_LAME_DUCK, 0, NULL);
}

static void on_error(natsConnection *conn, natsSubscription *sub, natsStatus s, void *id)
{
    const char *text = NULL;
    (void)sub;
    if (s == NATS_SLOW_CONSUMER) {
        tell(id, GO_NATS_SLOW_CONSUMER, -ENOBUFS, NULL);
        return;
    }
    natsConnection_GetLastError(conn, &text);
    tell(id, GO_NATS_ERROR, gn_error(s), text && *text ? text : natsStatus_GetText(s));
}

/* What a consumer had asked for went with the old connection. */
static void on_reconnected(natsConnection *conn, void *id)
{
    (void)conn;
    go_nats *nc = gn_find((uint64_t)(uintptr_t)id);
    if (!nc)
        return;
    gn_event(nc, GO_NATS_RECONNECTED, 0, NULL);
    go_mutex_lock(&nc->lock);
    for (go_nats_sub *s = nc->subs; s; s = s->next)
        if (s->pull) {
            go_mutex_lock(&s->lock);
            gn_pull_again(s);
            go_mutex_unlock(&s->lock);
        }
    go_mutex_unlock(&nc->lock);
    gn_unref(nc);
}

static void on_closed(natsConnection *conn, void *id)
{
    (void)conn;
    go_nats *nc = gn_find((uint64_t)(uintptr_t)id);
    if (!nc)
        return;
    gn_over(nc);
    gn_unref(nc);
}

void gn_watch(natsOptions *o, uint64_t id)
{
    void *arg = (void *)(uintptr_t)id;
    natsOptions_SetDisconnectedCB(o, on_disconnected, arg);
    natsOptions_SetReconnectedCB(o, on_reconnected, arg);
    natsOptions_SetClosedCB(o, on_closed, arg);
    natsOptions_SetLameDuckModeCB(o, on_lame_duck, arg);
    natsOptions_SetErrorHandler(o, on_error, arg);
}
