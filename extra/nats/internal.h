/* SPDX-License-Identifier: MIT */
/* What the files of libgoroutine-nats share: its objects, who owns and who may touch what.
 *
 * Threads.  libnats has threads of its own.  Two of them call us: its delivery thread,
 * with each message of every subscription (the pool of one, which each connection asks
 * for), and its callback thread, with what happens to connections.  To libgoroutine they
 * are foreign threads.  Neither may ever wait for a goroutine: what they would have to
 * wait for is queued, or dropped and counted.
 *
 * Calls into libnats that wait for the server are made by go_block.  Those that only
 * write into its buffer are made with go_nats.writing held, so that while the socket is
 * full, or libnats reconnects with its own lock held, one thread is stuck there and all
 * other goroutines wait as goroutines.
 *
 * Lock order: go_nats.lock, go_nats_sub.lock, events_lock.  inbox.lock and the list of
 * connections are leaves.  These are held for moments, so the two threads may take them.
 * go_nats.writing may be held for as long as the server does not read, and the write
 * deadline has not made it a lost one; only message.lock
 * and inbox.opening are held while it is waited for, and never by the two threads.
 * libnats calls back without locks of its own.
 */
#ifndef EXTRA_NATS_INTERNAL_H
#define EXTRA_NATS_INTERNAL_H

#include <goroutine/atomic.h>
#include <goroutine/nats.h>
#include <goroutine/sync.h>
#include <goroutine/time.h>

#include <nats/nats.h>

#define INBOX_MAX 128 /* bytes of a subject that replies come to, with its token */

/* Until when to wait: a deadline or a context, whose use is not both. */
struct bound {
    int64_t deadline;
    go_context *ctx;
    bool by_ctx;
};

struct waiter; /* request.c */

/* Who waits for a reply, by token.  A token is the index of a slot and the slot's turn, so
 * that a late reply finds nobody when its slot has been given to another request. */
struct slot {
    struct waiter *waiter; /* NULL: free */
    uint32_t turn;
    uint32_t next_free;
};

struct inbox {
    go_mutex opening;       /* by the first request */
    go_mutex lock;          /* everything below */
    natsSubscription *sub;  /* NULL: not yet needed */
    char prefix[INBOX_MAX]; /* imm once sub is set; a token follows */
    struct slot *slots;
    uint32_t nslots, first_free; /* first_free == nslots: none */
    bool over;                   /* the connection is closed: nobody may wait any more */
};

struct go_nats {
    uint64_t id;           /* imm; libnats knows the connection by it, in callbacks */
    uint32_t handles;      /* [atomic] the users'; the last closes */
    uint32_t refs;         /* [atomic] one for all handles, one for each sub, message, callback */
    struct go_nats *next;  /* [list lock] of conn.c */
    natsConnection *conn;  /* imm; libnats has its own lock */
    char inbox_prefix[64]; /* imm; "_INBOX" */
    go_mutex writing;      /* see above */

    go_mutex lock;
    go_cond quiet;            /* [lock] subs or messages became fewer while draining */
    struct go_nats_sub *subs; /* [lock] those whose pump runs */
    bool draining;            /* [atomic], set under lock */
    int64_t messages;         /* [atomic] messages of subscriptions that have not been dropped */

    go_mutex events_lock;
    go_chan(go_nats_event) events; /* imm */
    uint64_t missed;               /* [events_lock] */
    bool over;                     /* [events_lock] the channel is closed */

    go_mutex asking;     /* held by the one for whom libnats talks to JetStream */
    go_mutex flushing;   /* held by the one whose flush is under way */
    uint64_t flush_turn; /* [atomic] numbers those who want a flush */
    uint64_t flushed;    /* [flushing] all up to this number are served */

    struct inbox inbox;
};

/* A message of ours around one of libnats'. */
struct message {
    go_nats_message face;
    natsMsg *msg;         /* owned */
    go_nats *nc;          /* held; NULL: not received */
    uint32_t refs;        /* [atomic] */
    bool counted;         /* imm: in nc->messages */
    go_mutex lock;        /* libnats parses headers at the first look */
    struct message *next; /* [lock of the sub] in its queue */
};

/* The state of a consumer's asking for messages; all of it [sub->lock] but what is imm. */
struct pull {
    char *ask_subject;     /* imm, owned */
    char inbox[INBOX_MAX]; /* imm; ".NUMBER" follows, which a status message tells again */
    int batch;             /* imm */
    uint64_t number;       /* of the request that counts */
    int outstanding;       /* messages that it has not brought yet */
    int64_t ask_at;        /* when to ask again, if nothing happens before */
    bool complained;       /* an event was made of a refusal; until a message comes */
};

/* A subscription.  States, by the flags below:
 *
 *   alive      libnats calls deliver; the pump moves what deliver queued to the channel
 *   stopped    by unsubscribe: deliver and the pump discard
 *   ended      libnats said that it will not call deliver again
 *   closed     the pump has closed the channel and is gone: from stopped, or from ended
 *              once the queue is empty
 *
 * deliver sends on the channel itself while nothing is queued: then the pump sleeps, so
 * that messages keep their order. */
struct go_nats_sub {
    go_nats *nc;           /* imm, held */
    natsSubscription *sub; /* imm once the user has the subscription, owned */
    uint32_t handles;      /* [atomic] the users'; the last unsubscribes */
    uint32_t refs;         /* [atomic] one for all handles, one of libnats', one of the pump */
    struct go_nats_sub *prev, *next;     /* [nc->lock] */
    go_chan(go_nats_message *) messages; /* imm; NULL: a channel of values */
    struct go_chan_ *out;                /* imm, held: the channel */
    bool values;                         /* imm: send bytes, not messages */
    size_t elem;                         /* imm: how many */
    uint64_t max_messages, max_bytes;    /* imm: of the queue; 0: no limit */
    go_context *stop;                    /* imm: cancelled when stopped */
    char *subject;                       /* imm, owned */
    struct pull *pull;                   /* imm, owned: a consumer; else NULL */

    go_mutex lock;
    go_cond more;                  /* [lock] for the pump */
    struct message *head, **tail;  /* [lock] the queue */
    bool ended, stopped, closed;   /* [lock] */
    bool refused;                  /* [lock] consumer: the server will send no more; the pump
                                      delivers what has come, then unsubscribes */
    bool slow;                     /* [lock] dropping: told once */
    uint64_t queued, queued_bytes; /* [atomic] in the queue and in the pump's hands; grow
                                      under lock, shrink by the pump after its send */
    uint64_t dropped;              /* [atomic] */
};

/* conn.c */
int gn_error(natsStatus s);
int gn_milliseconds(int64_t deadline, int64_t *ms); /* left, at least 1; -ETIMEDOUT */
bool gn_subject_ok(const char *subject);
go_nats *gn_ref(go_nats *nc);
void gn_unref(go_nats *nc);
go_nats *gn_find(uint64_t id); /* referred to, or NULL */
void gn_quiet(go_nats *nc);    /* something that drain waits for has gone */

/* events.c */
void gn_event(go_nats *nc, go_nats_event_kind kind, int error, const char *text);
void gn_over(go_nats *nc); /* closed for good: tell all who wait; again does nothing */
bool gn_is_over(go_nats *nc);
void gn_watch(natsOptions *o, uint64_t id);

/* message.c */
struct message *gn_message(go_nats *nc, natsMsg *msg, bool counted); /* takes msg */
static inline struct message *gn_of(const go_nats_message *m)
{
    return (struct message *)(uintptr_t)m;
}
/* The status the server put in place of a message, 0 if it is one. */
int gn_status(natsMsg *msg, const char **text);

/* publish.c; until: how long to wait for one's turn, NULL: for ever */
int gn_write(go_nats *nc, const char *subject, const char *reply, const void *data, size_t size,
             const struct bound *until);
int gn_write_msg(go_nats *nc, natsMsg *msg, const struct bound *until);

/* request.c */
struct ask {
    const char *subject;
    const void *data;
    size_t size;
    struct message *headers; /* whose headers to take along, or NULL */
    const char *id;          /* the message's own, or NULL */
};
int gn_request(go_nats *nc, const struct ask *a, struct bound until, struct message **reply);
void gn_inbox_over(go_nats *nc);
int gn_inbox_name(go_nats *nc, char *name, size_t size);

/* sub.c */
int gn_subscribe(go_nats_sub **out, go_nats *nc, const char *subject, const go_nats_sub_options *o,
                 struct go_chan_ *c, size_t elem, struct pull *pull);
int gn_drain_all(go_nats *nc); /* go_nats_sub_drain for each */
/* pull.c; with the sub's lock held, but gn_pull_ask */
bool gn_pull_due(go_nats_sub *s);
void gn_pull_ask(go_nats_sub *s);
void gn_pull_again(go_nats_sub *s);               /* what was asked for is lost */
bool gn_pull_takes(go_nats_sub *s, natsMsg *msg); /* a status; it stays the caller's */
void gn_pull_came(go_nats_sub *s);
void gn_pull_free(struct pull *p);

#endif
