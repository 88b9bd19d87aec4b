/* SPDX-License-Identifier: MIT */
/* Messages: holders, headers, acknowledgements. */
#include "internal.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct message *gn_message(go_nats *nc, natsMsg *msg, bool counted)
{
    struct message *m = calloc(1, sizeof *m);
    if (!m) {
        natsMsg_Destroy(msg);
        return NULL;
    }
    m->msg = msg;
    m->refs = 1;
    m->face.subject = natsMsg_GetSubject(msg);
    m->face.reply = natsMsg_GetReply(msg);
    m->face.data = natsMsg_GetData(msg);
    m->face.size = (size_t)natsMsg_GetDataLength(msg);
    if (!m->face.data)
        m->face.data = "";
    if (nc)
        m->nc = gn_ref(nc);
    if (counted) {
        m->counted = true;
        go_atomic_add(&nc->messages, 1);
    }
    return m;
}

/* Without a connection nobody else has begun to use libnats, and even freeing needs it. */
static void open_library(void *status)
{
    *(natsStatus *)status = nats_Open(-1);
}

static bool library_open(void)
{
    static go_once once;
    static natsStatus status;
    go_once_do(&once, open_library, &status);
    return status == NATS_OK;
}

go_nats_message *go_nats_message_new(const char *subject, const char *reply, const void *data,
                                     size_t size)
{
    if (!gn_subject_ok(subject) || (reply && !gn_subject_ok(reply)) || size > INT_MAX) {
        errno = EINVAL;
        return NULL;
    }
    natsMsg *msg = NULL;
    struct message *m = NULL;
    if (library_open() && natsMsg_Create(&msg, subject, reply, data, (int)size) == NATS_OK)
        m = gn_message(NULL, msg, false);
    if (!m) {
        errno = ENOMEM;
        return NULL;
    }
    return &m->face;
}

go_nats_message *go_nats_message_hold(go_nats_message *m)
{
    if (m)
        go_atomic_add(&gn_of(m)->refs, 1u);
    return m;
}

void go_nats_message_drop(go_nats_message *face)
{
    struct message *m = gn_of(face);
    if (!m || go_atomic_add(&m->refs, -1) != 0)
        return;
    natsMsg_Destroy(m->msg);
    go_nats *nc = m->nc;
    bool counted = m->counted;
    free(m);
    if (!nc)
        return;
    /* Both sides are sequentially consistent: either drain sees the count without us, or
     * we see that it waits. */
    if (counted && go_atomic_add(&nc->messages, -1) == 0 && go_atomic_load(&nc->draining))
        gn_quiet(nc);
    gn_unref(nc);
}

const char *go_nats_header(go_nats_message *face, const char *key)
{
    struct message *m = gn_of(face);
    const char *value = NULL;
    go_mutex_lock(&m->lock);
    if (natsMsgHeader_Get(m->msg, key, &value) != NATS_OK)
        value = NULL;
    go_mutex_unlock(&m->lock);
    return value;
}

/* The protocol ends a key at its colon and a value at its line. */
static bool header_ok(const char *key, const char *value)
{
    if (!key || !*key || !value)
        return false;
    for (const char *c = key; *c; c++)
        if ((unsigned char)*c <= ' ' || *c == ':' || *c == 0x7f)
            return false;
    return !strpbrk(value, "\r\n");
}

int go_nats_set_header(go_nats_message *face, const char *key, const char *value)
{
    struct message *m = gn_of(face);
    if (!header_ok(key, value))
        return -EINVAL;
    go_mutex_lock(&m->lock);
    natsStatus s = natsMsgHeader_Set(m->msg, key, value);
    go_mutex_unlock(&m->lock);
    return gn_error(s);
}

int gn_status(natsMsg *msg, const char **text)
{
    const char *code = NULL;
    *text = "";
    if (natsMsg_GetDataLength(msg) != 0 || natsMsgHeader_Get(msg, "Status", &code) != NATS_OK)
        return 0;
    if (natsMsgHeader_Get(msg, "Description", text) != NATS_OK)
        *text = "";
    return code ? atoi(code) : 0;
}

/* $JS.ACK.STREAM.CONSUMER.TIMES.SEQUENCE.CONSUMER_SEQUENCE.TIME.LEFT, or with a domain
 * and an account before STREAM and perhaps more behind LEFT.  No name has a dot. */
int go_nats_delivery_of(const go_nats_message *m, go_nats_delivery *d)
{
    *d = (go_nats_delivery){ 0 };
    if (!gn_of(m)->nc || !m->reply || strncmp(m->reply, "$JS.ACK.", 8) != 0)
        return -EINVAL;
    const char *word[16] = { m->reply };
    int n = 1;
    for (const char *c = m->reply; *c && n < 16; c++)
        if (*c == '.')
            word[n++] = c + 1;
    int at = n == 9 ? 4 : n >= 11 ? 6 : 0;
    if (!at)
        return -EINVAL;
    d->times = strtoull(word[at], NULL, 10);
    d->sequence = strtoull(word[at + 1], NULL, 10);
    d->stored = (int64_t)strtoll(word[at + 3], NULL, 10);
    d->left = strtoull(word[at + 4], NULL, 10);
    return 0;
}

static int acknowledge(go_nats_message *m, const char *how)
{
    go_nats_delivery d;
    int err = go_nats_delivery_of(m, &d);
    return err ? err : gn_write(gn_of(m)->nc, m->reply, NULL, how, strlen(how), NULL);
}

int go_nats_ack(go_nats_message *m)
{
    return acknowledge(m, "+ACK");
}

int go_nats_nak(go_nats_message *m, int64_t d)
{
    char how[64] = "-NAK";
    if (d > 0)
        snprintf(how, sizeof how, "-NAK {\"delay\": %" PRId64 "}", d);
    return acknowledge(m, how);
}

int go_nats_in_progress(go_nats_message *m)
{
    return acknowledge(m, "+WPI");
}

int go_nats_term(go_nats_message *m)
{
    return acknowledge(m, "+TERM");
}

int go_nats_ack_wait(go_nats_message *m, int64_t deadline)
{
    go_nats_delivery d;
    int err = go_nats_delivery_of(m, &d);
    if (err)
        return err;
    struct message *reply = NULL;
    struct ask a = { .subject = m->reply, .data = "+ACK", .size = 4 };
    err = gn_request(gn_of(m)->nc, &a, (struct bound){ .deadline = deadline }, &reply);
    if (!err)
        go_nats_message_drop(&reply->face);
    return err;
}
