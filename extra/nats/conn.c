/* SPDX-License-Identifier: MIT */
/* Connections: their holders, options, flush, drain and close. */
#include "internal.h"

#include <goroutine/go.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* libnats' own limit on what waits for its delivery thread, for each subscription.  That
 * thread does little, so the limits of a subscription are those of our queue behind it;
 * this one keeps memory bounded if it is held up.  libnats allows 1024 bytes a message. */
#define BACKSTOP_MESSAGES (1 << 20)
#define DEFAULT_EVENTS    64
#define DEFAULT_WRITE_MS  60000
#define MS_MAX            INT64_C(1000000000)

/* Connections that have a holder, for the callbacks. */
static go_mutex list_lock;
static struct go_nats *list; /* [list_lock] */
static uint64_t last_id;     /* [list_lock] */

/* --- errors ---------------------------------------------------------------------------- */

int gn_error(natsStatus s)
{
    switch (s) {
    case NATS_OK:
        return 0;
    case NATS_TIMEOUT:
        return -ETIMEDOUT;
    case NATS_CONNECTION_CLOSED:
    case NATS_DRAINING:
    case NATS_INVALID_SUBSCRIPTION:
    case NATS_MAX_DELIVERED_MSGS:
        return -EPIPE;
    case NATS_NO_SERVER:
        return -ECONNREFUSED;
    case NATS_CONNECTION_DISCONNECTED:
    case NATS_STALE_CONNECTION:
    case NATS_NOT_YET_CONNECTED:
        return -ENOTCONN;
    case NATS_CONNECTION_AUTH_FAILED:
        return -EACCES;
    case NATS_NOT_PERMITTED:
        return -EPERM;
    case NATS_NO_RESPONDERS:
        return -EHOSTUNREACH;
    case NATS_INSUFFICIENT_BUFFER:
        return -ENOBUFS;
    case NATS_MAX_PAYLOAD:
        return -EMSGSIZE;
    case NATS_NO_MEMORY:
        return -ENOMEM;
    case NATS_NOT_FOUND:
        return -ENOENT;
    case NATS_INVALID_SUBJECT:
    case NATS_INVALID_ARG:
    case NATS_INVALID_QUEUE_NAME:
    case NATS_INVALID_TIMEOUT:
    case NATS_ADDRESS_MISSING:
        return -EINVAL;
    case NATS_NO_SERVER_SUPPORT:
        return -ENOTSUP;
    case NATS_IO_ERROR:
    case NATS_SYS_ERROR:
        return -EIO;
    default:
        return -EPROTO;
    }
}

const char *go_nats_error_text(int err)
{
    switch (err) {
    case 0:
        return "no error";
    case -ETIMEDOUT:
        return "the deadline has passed";
    case -ECANCELED:
        return "the context was cancelled";
    case -EPIPE:
        return "the connection or subscription is closed or being drained";
    case -ECONNREFUSED:
        return "no server could be reached";
    case -ENOTCONN:
        return "not connected just now";
    case -EACCES:
        return "the server does not admit this client";
    case -EPERM:
        return "the server does not permit this";
    case -EHOSTUNREACH:
        return "nobody serves the subject";
    case -ENOBUFS:
        return "too much is waiting";
    case -EMSGSIZE:
        return "more than the server takes at once";
    case -ENOMEM:
        return "out of memory";
    case -ENOENT:
        return "no such stream or consumer";
    case -EEXIST:
        return "the name is in use with other settings";
    case -ENOSPC:
        return "the stream is full";
    case -EINVAL:
        return "a subject, name or value that cannot be";
    case -ENOTSUP:
        return "the server cannot do this";
    case -EIO:
        return "input or output failed";
    case -EAGAIN:
        return "no more goroutines are allowed";
    default:
        return "the server refused, or the protocol failed";
    }
}

int gn_milliseconds(int64_t deadline, int64_t *ms)
{
    int64_t now = go_now();
    *ms = MS_MAX;
    if (deadline <= now)
        return -ETIMEDOUT;
    if (deadline - now < MS_MAX * GO_MILLISECOND)
        *ms = (deadline - now + GO_MILLISECOND - 1) / GO_MILLISECOND;
    return 0;
}

/* A blank or a line's end in a subject would be read as another part of the protocol. */
bool gn_subject_ok(const char *subject)
{
    if (!subject || !*subject)
        return false;
    char before = '.';
    for (; *subject; before = *subject++)
        if ((unsigned char)*subject <= ' ' || *subject == 0x7f ||
            (*subject == '.' && before == '.'))
            return false;
    return before != '.';
}

/* --- holders --------------------------------------------------------------------------- */

go_nats *gn_ref(go_nats *nc)
{
    go_atomic_add(&nc->refs, 1u);
    return nc;
}

/* The connection has been closed by now, or was never open: nothing here waits, so it may
 * be libnats' thread. */
void gn_unref(go_nats *nc)
{
    if (go_atomic_add(&nc->refs, -1) != 0)
        return;
    natsSubscription_Destroy(nc->inbox.sub);
    natsConnection_Destroy(nc->conn);
    free(nc->inbox.slots);
    go_drop(nc->events);
    free(nc);
}

go_nats *gn_find(uint64_t id)
{
    go_mutex_lock(&list_lock);
    struct go_nats *nc = list;
    while (nc && nc->id != id)
        nc = nc->next;
    if (nc)
        gn_ref(nc); /* in the list: the handles' reference is there */
    go_mutex_unlock(&list_lock);
    return nc;
}

static void list_add(go_nats *nc)
{
    go_mutex_lock(&list_lock);
    nc->id = ++last_id;
    nc->next = list;
    list = nc;
    go_mutex_unlock(&list_lock);
}

static void list_remove(go_nats *nc)
{
    go_mutex_lock(&list_lock);
    struct go_nats **at = &list;
    while (*at != nc)
        at = &(*at)->next;
    *at = nc->next;
    go_mutex_unlock(&list_lock);
}

go_nats *go_nats_hold(go_nats *nc)
{
    if (nc)
        go_atomic_add(&nc->handles, 1u);
    return nc;
}

void go_nats_drop(go_nats *nc)
{
    if (!nc || go_atomic_add(&nc->handles, -1) != 0)
        return;
    go_nats_close(nc);
    list_remove(nc);
    gn_unref(nc);
}

/* --- connecting ------------------------------------------------------------------------ */

/* Gives libnats the servers of url; n: how many. */
static natsStatus set_servers(natsOptions *o, const char *url, int *n)
{
    char *copy = strdup(url), *rest = NULL;
    const char **servers = calloc(strlen(url) + 1, sizeof *servers);
    natsStatus s = NATS_NO_MEMORY;
    *n = 0;
    if (copy && servers) {
        for (char *one = strtok_r(copy, ", ", &rest); one; one = strtok_r(NULL, ", ", &rest))
            servers[(*n)++] = one;
        s = *n ? natsOptions_SetServers(o, servers, *n) : NATS_INVALID_ARG;
    }
    free(servers);
    free(copy);
    return s;
}

static natsStatus set_tls(natsOptions *o, const go_nats_options *user)
{
    bool any = user->tls || user->tls_ca || user->tls_cert || user->tls_host;
    natsStatus s = NATS_OK;
    if (any)
        s = natsOptions_SetSecure(o, true);
    if (s == NATS_OK && user->tls_ca)
        s = natsOptions_LoadCATrustedCertificates(o, user->tls_ca);
    if (s == NATS_OK && user->tls_cert)
        s = natsOptions_LoadCertificatesChain(o, user->tls_cert, user->tls_key);
    if (s == NATS_OK && user->tls_host)
        s = natsOptions_SetExpectedHostname(o, user->tls_host);
    if (s == NATS_OK && user->tls_insecure)
        s = natsOptions_SkipServerVerification(o, true);
    return s;
}

static natsStatus set_reconnect(natsOptions *o, const go_nats_options *user)
{
    natsStatus s = NATS_OK;
    if (user->reconnect_attempts == GO_NATS_NO_RECONNECT)
        s = natsOptions_SetAllowReconnect(o, false);
    else if (user->reconnect_attempts != 0)
        s = natsOptions_SetMaxReconnect(o, user->reconnect_attempts);
    if (s == NATS_OK && user->reconnect_wait > 0) {
        int64_t ms = (user->reconnect_wait + GO_MILLISECOND - 1) / GO_MILLISECOND;
        s = natsOptions_SetReconnectWait(o, ms);
        if (s == NATS_OK)
            s = natsOptions_SetReconnectJitter(o, ms / 20, ms / 2);
    }
    if (s == NATS_OK && user->reconnect_buffer > 0)
        s = natsOptions_SetReconnectBufSize(
            o, user->reconnect_buffer < INT32_MAX ? (int)user->reconnect_buffer : INT32_MAX);
    if (s == NATS_OK)
        s = natsOptions_SetWriteDeadline(o, user->write_deadline > 0
                                                ? (user->write_deadline + GO_MILLISECOND - 1) /
                                                      GO_MILLISECOND
                                                : DEFAULT_WRITE_MS);
    if (s == NATS_OK && user->ping_interval > 0)
        s = natsOptions_SetPingInterval(o, (user->ping_interval + GO_MILLISECOND - 1) /
                                               GO_MILLISECOND);
    return s;
}

static natsStatus set_rest(natsOptions *o, const go_nats_options *user)
{
    natsStatus s = NATS_OK;
    if (user->name)
        s = natsOptions_SetName(o, user->name);
    if (s == NATS_OK && user->user)
        s = natsOptions_SetUserInfo(o, user->user, user->password ? user->password : "");
    if (s == NATS_OK && user->token)
        s = natsOptions_SetToken(o, user->token);
    if (s == NATS_OK && user->credentials)
        s = natsOptions_SetUserCredentialsFromFiles(o, user->credentials, NULL);
    if (s == NATS_OK && user->at_once)
        s = natsOptions_SetSendAsap(o, true);
    if (s == NATS_OK && user->no_echo)
        s = natsOptions_SetNoEcho(o, true);
    if (s == NATS_OK && user->inbox_prefix)
        s = natsOptions_SetCustomInboxPrefix(o, user->inbox_prefix);
    return s;
}

static natsStatus set_options(natsOptions *o, const char *url, const go_nats_options *user,
                              int64_t deadline)
{
    int n = 0;
    natsStatus s = set_servers(o, url, &n);
    if (s == NATS_OK)
        s = set_tls(o, user);
    if (s == NATS_OK)
        s = set_reconnect(o, user);
    if (s == NATS_OK)
        s = set_rest(o, user);
    if (s == NATS_OK)
        s = natsOptions_UseGlobalMessageDelivery(o, true);
    if (s == NATS_OK)
        s = natsOptions_SetMaxPendingMsgs(o, BACKSTOP_MESSAGES);
    int64_t ms;
    if (s == NATS_OK && deadline != GO_FOREVER) {
        if (gn_milliseconds(deadline, &ms) != 0)
            return NATS_TIMEOUT;
        s = natsOptions_SetTimeout(o, ms / n + 1);
    }
    return s;
}

static void do_connect(natsConnection **conn, natsOptions *o, natsStatus *s)
{
    *s = natsConnection_Connect(conn, o);
}

static int open_connection(go_nats *nc, const char *url, const go_nats_options *user,
                           int64_t deadline)
{
    natsOptions *o = NULL;
    natsStatus s = natsOptions_Create(&o);
    if (s == NATS_OK)
        s = set_options(o, url, user, deadline);
    if (s == NATS_OK) {
        gn_watch(o, nc->id);
        go_block(do_connect, &nc->conn, o, &s);
    }
    natsOptions_Destroy(o);
    if (s != NATS_OK && s != NATS_CONNECTION_AUTH_FAILED && go_now() >= deadline)
        return -ETIMEDOUT;
    int err = gn_error(s);
    return err == -EIO || err == -EPIPE ? -ECONNREFUSED : err; /* it went away meanwhile */
}

int go_nats_connect(go_nats **out, const char *url, const go_nats_options *options,
                    int64_t deadline)
{
    static const go_nats_options none;
    const go_nats_options *user = options ? options : &none;
    *out = NULL;
    if (!url || (user->inbox_prefix &&
                 (!gn_subject_ok(user->inbox_prefix) || strlen(user->inbox_prefix) >= 64)))
        return -EINVAL;
    go_nats *nc = calloc(1, sizeof *nc);
    if (!nc)
        return -ENOMEM;
    snprintf(nc->inbox_prefix, sizeof nc->inbox_prefix, "%s",
             user->inbox_prefix ? user->inbox_prefix : "_INBOX");
    nc->handles = nc->refs = 1;
    int err =
        go_try_make(&nc->events, user->event_capacity > 0 ? user->event_capacity : DEFAULT_EVENTS);
    if (err) {
        free(nc);
        return err;
    }
    list_add(nc);
    err = open_connection(nc, url, user, deadline);
    if (err) {
        list_remove(nc);
        gn_unref(nc);
        return err;
    }
    *out = nc;
    return 0;
}

/* --- flush, drain, close --------------------------------------------------------------- */

static void do_flush(natsConnection *conn, int64_t ms, natsStatus *s)
{
    *s = natsConnection_FlushTimeout(conn, ms);
}

/* One at a time goes to the server; whoever asked before it began is served by it. */
int go_nats_flush(go_nats *nc, int64_t deadline)
{
    uint64_t mine = go_atomic_add(&nc->flush_turn, 1u);
    int err = go_mutex_lock_until(&nc->flushing, deadline);
    if (err)
        return err;
    if (nc->flushed < mine) {
        uint64_t all = go_atomic_load(&nc->flush_turn);
        int64_t ms;
        natsStatus s = NATS_TIMEOUT;
        if (gn_milliseconds(deadline, &ms) == 0)
            go_block(do_flush, nc->conn, ms, &s);
        err = gn_error(s);
        if (!err)
            nc->flushed = all;
        else if (err == -EPIPE && !natsConnection_IsClosed(nc->conn))
            err = -ENOTCONN; /* thrown out of the flush by a lost server */
    }
    go_mutex_unlock(&nc->flushing);
    return err;
}

static void do_close(natsConnection *conn)
{
    natsConnection_Close(conn);
}

void go_nats_close(go_nats *nc)
{
    go_block(do_close, nc->conn);
    gn_over(nc);
}

void gn_quiet(go_nats *nc)
{
    go_mutex_lock(&nc->lock);
    go_cond_broadcast(&nc->quiet);
    go_mutex_unlock(&nc->lock);
}

/* Until no subscription and no message is left. */
static int wait_quiet(go_nats *nc, int64_t deadline)
{
    int err = 0;
    go_mutex_lock(&nc->lock);
    while (!err && (nc->subs || go_atomic_load(&nc->messages) != 0))
        err = go_cond_wait_until(&nc->quiet, &nc->lock, deadline);
    go_mutex_unlock(&nc->lock);
    return err;
}

int go_nats_drain(go_nats *nc, int64_t deadline)
{
    if (gn_is_over(nc))
        return -EPIPE;
    go_mutex_lock(&nc->lock); /* so that it is seen by who enters the list after us */
    bool again = nc->draining;
    go_atomic_store(&nc->draining, true);
    go_mutex_unlock(&nc->lock);
    if (again)
        return -EPIPE;
    int err = gn_drain_all(nc);
    if (!err)
        err = wait_quiet(nc, deadline);
    if (!err)
        err = go_nats_flush(nc, deadline);
    go_nats_close(nc);
    return err;
}

go_nats_state go_nats_state_of(go_nats *nc)
{
    switch (natsConnection_Status(nc->conn)) {
    case NATS_CONN_STATUS_CLOSED:
        return GO_NATS_IS_CLOSED;
    case NATS_CONN_STATUS_CONNECTED:
        return go_atomic_load(&nc->draining) ? GO_NATS_IS_DRAINING : GO_NATS_IS_CONNECTED;
    case NATS_CONN_STATUS_DRAINING_SUBS:
    case NATS_CONN_STATUS_DRAINING_PUBS:
        return GO_NATS_IS_DRAINING;
    default:
        return GO_NATS_IS_RECONNECTING;
    }
}
