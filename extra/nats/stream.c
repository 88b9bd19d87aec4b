/* SPDX-License-Identifier: MIT */
/* JetStream: streams, publishing to them, consumers.
 *
 * What is rare goes through libnats, with a thread for as long as it takes.  To publish is
 * a request like any other, so that many can be on their way without a thread each. */
#include "internal.h"

#include <goroutine/go.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_CAPACITY 64
#define DEFAULT_UNACKED  1000
#define RETRIES          2
#define RETRY_AFTER      (250 * GO_MILLISECOND)
#define EPHEMERAL_KEPT   (60 * GO_SECOND) /* without anybody who asks */

static int js_error(natsStatus s, jsErrCode code)
{
    switch ((int)code) {
    case 0:
        return gn_error(s);
    case JSStreamNotFoundErr:
    case JSConsumerNotFoundErr:
        return -ENOENT;
    case JSStreamNameExistErr:
    case JSConsumerNameExistErr:
    case 10148: /* the consumer exists; newer than this libnats */
        return -EEXIST;
    case JSNotEnabledErr:
    case JSNotEnabledForAccountErr:
        return -EHOSTUNREACH;
    case JSAccountResourcesExceededErr:
    case JSInsufficientResourcesErr:
    case JSMemoryResourcesExceededErr:
    case JSStorageResourcesExceededErr:
    case JSStreamStoreFailedErr:
        return -ENOSPC;
    case JSStreamMessageExceedsMaximumErr:
        return -EMSGSIZE;
    case JSBadRequestErr:
    case JSStreamInvalidConfig:
    case JSStreamSubjectOverlapErr:
        return -EINVAL;
    default:
        return -EPROTO;
    }
}

/* A name is one word of a subject. */
static bool name_ok(const char *name)
{
    return gn_subject_ok(name) && !strpbrk(name, ".*>");
}

/* --- what libnats does, on a thread that may wait --------------------------------------- */

struct job {
    go_nats *nc;
    jsCtx *js;
    jsOptions options;
    int64_t deadline;
    jsStreamConfig *stream;
    jsConsumerConfig *consumer;
    const char *name, *of; /* what; and in which stream */
    go_nats_stream_state *state;
    char *made; /* the name of a consumer, owned by whoever asked */
    natsStatus status;
    jsErrCode code;
};

static void do_ensure(struct job *j)
{
    j->status = js_AddStream(NULL, j->js, j->stream, &j->options, &j->code);
    if (j->status != NATS_OK && j->code == JSStreamNameExistErr)
        j->status = js_UpdateStream(NULL, j->js, j->stream, &j->options, &j->code);
}

static void do_look(struct job *j)
{
    jsStreamInfo *info = NULL;
    j->status = js_GetStreamInfo(&info, j->js, j->name, &j->options, &j->code);
    if (j->status != NATS_OK)
        return;
    *j->state = (go_nats_stream_state){ .messages = info->State.Msgs,
                                        .bytes = info->State.Bytes,
                                        .first = info->State.FirstSeq,
                                        .last = info->State.LastSeq,
                                        .consumers = info->State.Consumers };
    jsStreamInfo_Destroy(info);
}

static void do_delete(struct job *j)
{
    j->status = js_DeleteStream(j->js, j->name, &j->options, &j->code);
}

static void do_consumer(struct job *j)
{
    jsConsumerInfo *info = NULL;
    j->status = js_AddConsumer(&info, j->js, j->of, j->consumer, &j->options, &j->code);
    if (j->status != NATS_OK)
        return;
    j->made = strdup(info->Name);
    jsConsumerInfo_Destroy(info);
}

static void do_consumer_delete(struct job *j)
{
    j->status = js_DeleteConsumer(j->js, j->of, j->name, &j->options, &j->code);
}

static void with_js(struct job *j, void (*f)(struct job *))
{
    j->status = natsConnection_JetStream(&j->js, j->nc->conn, NULL);
    if (j->status == NATS_OK)
        f(j);
    jsCtx_Destroy(j->js);
}

/* One at a time for each connection: the others wait as goroutines. */
static int run(struct job *j, void (*f)(struct job *), int64_t deadline)
{
    jsOptions_Init(&j->options);
    int err = go_mutex_lock_until(&j->nc->asking, deadline);
    if (err)
        return err;
    err = gn_milliseconds(deadline, &j->options.Wait);
    if (!err) {
        go_block(with_js, j, f);
        /* What libnats finds missing without asking has no code. */
        err = j->status == NATS_OK ? 0 : js_error(j->status, j->code);
    }
    go_mutex_unlock(&j->nc->asking);
    return err;
}

/* --- streams ---------------------------------------------------------------------------- */

int go_nats_stream_ensure(go_nats *nc, const go_nats_stream *stream, int64_t deadline)
{
    jsStreamConfig c;
    const char *own[] = { stream->name, NULL };
    const char *const *subjects = stream->subjects ? stream->subjects : own;
    int n = 0;
    if (!name_ok(stream->name))
        return -EINVAL;
    while (subjects[n])
        if (!gn_subject_ok(subjects[n++]))
            return -EINVAL;
    jsStreamConfig_Init(&c);
    c.Name = stream->name;
    c.Subjects = (const char **)(uintptr_t)subjects;
    c.SubjectsLen = n;
    c.Storage = stream->memory ? js_MemoryStorage : js_FileStorage;
    c.Retention = stream->work_queue ? js_WorkQueuePolicy : js_LimitsPolicy;
    c.Discard = stream->refuse_when_full ? js_DiscardNew : js_DiscardOld;
    c.MaxMsgs = stream->max_messages ? stream->max_messages : -1;
    c.MaxBytes = stream->max_bytes ? stream->max_bytes : -1;
    c.MaxAge = stream->max_age;
    c.Duplicates = stream->duplicate_window;
    c.Replicas = stream->replicas ? stream->replicas : 1;
    struct job j = { .nc = nc, .stream = &c };
    return run(&j, do_ensure, deadline);
}

int go_nats_stream_look(go_nats *nc, const char *stream, go_nats_stream_state *state,
                        int64_t deadline)
{
    struct job j = { .nc = nc, .name = stream, .state = state };
    *state = (go_nats_stream_state){ 0 };
    return name_ok(stream) ? run(&j, do_look, deadline) : -EINVAL;
}

int go_nats_stream_delete(go_nats *nc, const char *stream, int64_t deadline)
{
    struct job j = { .nc = nc, .name = stream };
    return name_ok(stream) ? run(&j, do_delete, deadline) : -EINVAL;
}

/* --- consumers -------------------------------------------------------------------------- */

static void consumer_config(jsConsumerConfig *c, const go_nats_consumer *user)
{
    jsConsumerConfig_Init(c);
    c->Durable = user->name;
    c->FilterSubject = user->subject;
    c->AckPolicy = js_AckExplicit;
    c->AckWait = user->ack_wait;
    c->MaxDeliver = user->max_deliver ? user->max_deliver : -1;
    c->MaxAckPending = user->max_unacked ? user->max_unacked : DEFAULT_UNACKED;
    c->DeliverPolicy = user->from_now ? js_DeliverNew
                       : user->from   ? js_DeliverByStartSequence
                                      : js_DeliverAll;
    if (!user->from_now && user->from)
        c->OptStartSeq = user->from;
    if (!user->name)
        c->InactiveThreshold = EPHEMERAL_KEPT;
}

static int pull_make(struct pull **out, go_nats *nc, const go_nats_consumer *user, char *name)
{
    static const char format[] = "$JS.API.CONSUMER.MSG.NEXT.%s.%s";
    size_t size = sizeof format + strlen(user->stream) + strlen(name);
    struct pull *p = calloc(1, sizeof *p);
    *out = p;
    if (!p)
        return -ENOMEM;
    p->batch = user->batch > 0              ? user->batch
               : user->capacity == 0        ? DEFAULT_CAPACITY
               : user->capacity < 0         ? 1
               : user->capacity < INT32_MAX ? (int)user->capacity
                                            : INT32_MAX;
    p->ask_subject = malloc(size);
    if (!p->ask_subject)
        return -ENOMEM;
    snprintf(p->ask_subject, size, format, user->stream, name);
    return gn_inbox_name(nc, p->inbox, sizeof p->inbox - 24);
}

int go_nats_consume(go_nats_sub **sub, go_nats *nc, const go_nats_consumer *user, int64_t deadline)
{
    *sub = NULL;
    if (!name_ok(user->stream) || (user->name && !name_ok(user->name)) ||
        (user->subject && !gn_subject_ok(user->subject)))
        return -EINVAL;
    jsConsumerConfig c;
    consumer_config(&c, user);
    struct job j = { .nc = nc, .of = user->stream, .consumer = &c };
    int err = run(&j, do_consumer, deadline);
    if (err)
        return err;
    struct pull *p = NULL;
    err = j.made ? pull_make(&p, nc, user, j.made) : -ENOMEM;
    free(j.made);
    if (err) {
        gn_pull_free(p);
        return err;
    }
    char subject[INBOX_MAX + 2];
    snprintf(subject, sizeof subject, "%s.*", p->inbox);
    go_nats_sub_options o = { .capacity = user->capacity };
    return gn_subscribe(sub, nc, subject, &o, NULL, 0, p);
}

int go_nats_consumer_delete(go_nats *nc, const char *stream, const char *name, int64_t deadline)
{
    struct job j = { .nc = nc, .of = stream, .name = name };
    return name_ok(stream) && name_ok(name) ? run(&j, do_consumer_delete, deadline) : -EINVAL;
}

/* --- publishing ------------------------------------------------------------------------- */

/* The value of a key of the object that text begins with, or NULL.  Strings and objects
 * inside are stepped over, so that a key is found at the first level only. */
static const char *json_value(const char *text, const char *key)
{
    size_t n = strlen(key);
    int depth = 0;
    for (const char *c = text; *c; c++) {
        if (*c == '{' || *c == '[') {
            depth++;
        } else if (*c == '}' || *c == ']') {
            if (--depth == 0)
                return NULL;
        } else if (*c == '"') {
            const char *word = ++c;
            while (*c && *c != '"')
                c += *c == '\\' && c[1] ? 2 : 1;
            if (!*c)
                return NULL;
            const char *after = c + 1 + strspn(c + 1, " \t\r\n");
            if (depth == 1 && *after == ':' && (size_t)(c - word) == n && memcmp(word, key, n) == 0)
                return after + 1 + strspn(after + 1, " \t\r\n");
        }
    }
    return NULL;
}

static int stored_of(const go_nats_message *reply, go_nats_stored *stored)
{
    const char *text = reply->data, *v;
    if ((v = json_value(text, "error")) && *v == '{') {
        const char *code = json_value(v, "err_code");
        return js_error(NATS_ERR, code ? (jsErrCode)strtoul(code, NULL, 10) : JSBadRequestErr);
    }
    if (!(v = json_value(text, "seq")))
        return -EPROTO; /* somebody who is no stream has answered */
    stored->sequence = strtoull(v, NULL, 10);
    v = json_value(text, "duplicate");
    stored->duplicate = v && strncmp(v, "true", 4) == 0;
    return 0;
}

static int pause_for(struct bound until)
{
    if (until.by_ctx)
        return go_sleep_ctx(RETRY_AFTER, until.ctx);
    if (until.deadline != GO_FOREVER && until.deadline - go_now() < RETRY_AFTER)
        return -ETIMEDOUT;
    go_sleep(RETRY_AFTER);
    return 0;
}

/* While a stream changes its leader nobody answers for it: that is tried again. */
static int stream_publish(go_nats *nc, const struct ask *a, go_nats_stored *stored,
                          struct bound until)
{
    struct message *reply = NULL;
    go_nats_stored none;
    if (!gn_subject_ok(a->subject) || (a->id && (!*a->id || strpbrk(a->id, "\r\n"))))
        return -EINVAL;
    int err = gn_request(nc, a, until, &reply);
    for (int i = 0; err == -EHOSTUNREACH && i < RETRIES && pause_for(until) == 0; i++)
        err = gn_request(nc, a, until, &reply);
    if (err)
        return err;
    err = stored_of(&reply->face, stored ? stored : &none);
    go_nats_message_drop(&reply->face);
    return err;
}

int go_nats_stream_publish(go_nats *nc, const char *subject, const void *data, size_t size,
                           const char *id, go_nats_stored *stored, int64_t deadline)
{
    struct ask a = { .subject = subject, .data = data, .size = size, .id = id };
    return stream_publish(nc, &a, stored, (struct bound){ .deadline = deadline });
}

int go_nats_stream_publish_ctx(go_nats *nc, const char *subject, const void *data, size_t size,
                               const char *id, go_nats_stored *stored, go_context *ctx)
{
    struct ask a = { .subject = subject, .data = data, .size = size, .id = id };
    return stream_publish(nc, &a, stored, (struct bound){ .ctx = ctx, .by_ctx = true });
}
