/* SPDX-License-Identifier: MIT */
/* NATS: channels across processes and machines.  In libgoroutine-nats, over libnats.
 *
 *     go_nats *nc;
 *     if (go_nats_connect(&nc, "nats://127.0.0.1:4222", NULL, go_now() + 5 * GO_SECOND) == 0) {
 *         go_nats_sub *sub;
 *         if (go_nats_subscribe(&sub, nc, "orders.*", NULL) == 0)
 *             go_range(m, go_nats_messages(sub)) {
 *                 printf("%s: %.*s\n", m->subject, (int)m->size, (const char *)m->data);
 *                 go_nats_message_drop(m);
 *             }
 *
 * A subscription is a channel of messages; go_nats_subscriber and go_nats_publisher tie
 * a channel of plain values to a subject, so that what one process sends another one
 * receives.  Plain subjects deliver at most once, streams (go_nats_stream_publish,
 * go_nats_consume) at least once.
 *
 * Any goroutine or thread may call everything here.  Connections, subscriptions and
 * messages count their holders, as channels do.  A deadline is a time on go_now()'s
 * clock.  Calls return 0 or a negative errno:
 *
 *   -ETIMEDOUT      the deadline has passed        -EPIPE    closed, or being drained
 *   -ECONNREFUSED   no server could be reached     -ENOTCONN not connected just now
 *   -EHOSTUNREACH   nobody serves the subject      -EACCES   not admitted by the server
 *   -ENOBUFS        the reconnect buffer is full   -EMSGSIZE more than the server takes
 *   -EINVAL         a subject, name or size that cannot be; -ENOMEM
 */
#ifndef GOROUTINE_NATS_H
#define GOROUTINE_NATS_H

#include <goroutine/base.h>
#include <goroutine/chan.h>
#include <goroutine/context.h>

typedef struct go_nats go_nats;
typedef struct go_nats_sub go_nats_sub;
typedef struct go_nats_pub go_nats_pub;

/* go_nats_message - a message, received or made by go_nats_message_new.
 *
 * Read it only.  Behind the last byte of data is a zero that size does not count.
 * What the pointers point to lives as long as the message is held. */
typedef struct go_nats_message {
    const char *subject;
    const char *reply; /* where an answer is awaited; NULL: nowhere */
    const void *data;
    size_t size; /* bytes */
} go_nats_message;

/* go_nats_options - how to connect.  All zero is the default; strings are copied. */
typedef struct go_nats_options {
    const char *name;            /* shown in the server's lists */
    const char *user, *password; /* or in the URL */
    const char *token;
    const char *credentials;        /* file with a JWT and its seed */
    bool tls;                       /* also by tls:// in the URL; the server is verified */
    bool tls_insecure;              /* do not verify; for tests */
    const char *tls_ca;             /* file of trusted certificates; NULL: the system's */
    const char *tls_cert, *tls_key; /* files: our own certificate */
    const char *tls_host;           /* the name the server must have; NULL: that of the URL */
    int64_t reconnect_wait;         /* between attempts at one server, ns; 0: 2 s */
    int reconnect_attempts;         /* on each server; 0: 60; -1: for ever; GO_NATS_NO_RECONNECT */
    int64_t reconnect_buffer;       /* bytes published while there is no server; 0: 8 MiB */
    int64_t write_deadline;   /* a server that takes nothing for so long is lost, ns; 0: 1 min */
    int64_t ping_interval;    /* ns; a server that leaves two unanswered is lost; 0: 2 min */
    bool at_once;             /* send each publish by itself; else within 1 ms, with others */
    bool no_echo;             /* do not receive what this connection publishes */
    const char *inbox_prefix; /* of the subjects that replies come to; NULL: "_INBOX" */
    int event_capacity;       /* events kept until they are received; 0: 64 */
} go_nats_options;

#define GO_NATS_NO_RECONNECT (-2)

/* go_nats_sub_options - how to subscribe.  All zero is the default.
 *
 * What the channel has no room for waits in a queue behind it; a message that exceeds
 * either limit of that queue is dropped and counted: go_nats_dropped. */
typedef struct go_nats_sub_options {
    const char *queue;        /* queue group: each message goes to one member */
    int64_t capacity;         /* of the channel; 0: 64; -1: a rendezvous */
    int64_t pending_messages; /* that may wait behind the channel; 0: 65536 */
    int64_t pending_bytes;    /* 0: 64 MiB */
    int max;                  /* end by itself after so many messages; 0: never */
} go_nats_sub_options;

typedef enum go_nats_event_kind {
    GO_NATS_DISCONNECTED = 1, /* reconnecting, if that is allowed */
    GO_NATS_RECONNECTED,      /* subscriptions are in force again */
    GO_NATS_CLOSED,           /* for good; the last event */
    GO_NATS_SLOW_CONSUMER,    /* text: the subject; told when dropping begins */
    GO_NATS_LAME_DUCK,        /* the server is about to go */
    GO_NATS_ERROR             /* anything else; text: the server's words */
} go_nats_event_kind;

typedef struct go_nats_event {
    go_nats_event_kind kind;
    int error;       /* negative errno, or 0 */
    uint64_t missed; /* events lost before this one, because nobody received them */
    char text[128];
} go_nats_event;

typedef enum go_nats_state {
    GO_NATS_IS_CONNECTED,
    GO_NATS_IS_RECONNECTING,
    GO_NATS_IS_DRAINING,
    GO_NATS_IS_CLOSED
} go_nats_state;

GO_BEGIN_DECLS

/* go_nats_connect - connect to one of the servers in url, separated by commas.
 *
 * The caller holds the connection.  nats://user:password@host:port, tls://host.
 * The deadline bounds the attempt; looking up a name may exceed it.  Without one an
 * attempt at a server takes 2 s at most.  options may be NULL.
 * On an error *nc is NULL.  -ECONNREFUSED, -EACCES, -EPROTO (TLS failed), -EINVAL. */
GO_API int go_nats_connect(go_nats **nc, const char *url, const go_nats_options *options,
                           int64_t deadline) GO_MUST_CHECK;

/* go_nats_hold, go_nats_drop - add a holder; take one back.  The last drop closes.
 *
 * Subscriptions and messages may be held on; they keep what they need. */
GO_API go_nats *go_nats_hold(go_nats *nc);
GO_API void go_nats_drop(go_nats *nc);

/* go_nats_close - end the connection now.  The handle stays valid until it is dropped.
 *
 * What was published is sent if that is possible within half a second.  Messages that
 * have been received stay in the channels, which then end; requests that wait return
 * -EPIPE, and so does everything that needs the connection from now on. */
GO_API void go_nats_close(go_nats *nc);

/* go_nats_drain - end the connection when everything received has been dealt with.
 *
 * Ends all subscriptions at the server, waits until each message that has come was
 * received and dropped, then until what was published meanwhile has been sent, and
 * closes.  Others must go on receiving.  A consumer (go_nats_consume) asks for no more.
 * 0; at the deadline it closes all the same: -ETIMEDOUT; -EPIPE: was closed before. */
GO_API int go_nats_drain(go_nats *nc, int64_t deadline) GO_MUST_CHECK;

/* go_nats_flush - return when the server has processed all that was published before.
 *
 * 0, -ETIMEDOUT, -EPIPE, -ENOTCONN.  Many at once share round trips. */
GO_API int go_nats_flush(go_nats *nc, int64_t deadline) GO_MUST_CHECK;

/* go_nats_state_of - how the connection is now. */
GO_API go_nats_state go_nats_state_of(go_nats *nc);

/* go_nats_events - what happens to the connection, as a channel; the same each time.
 *
 * The connection's: valid as long as that is held.  If nobody receives, the oldest
 * events are lost, and the next one says how many.  Closed after GO_NATS_CLOSED. */
GO_API go_chan(go_nats_event) go_nats_events(go_nats *nc);

/* go_nats_error_text - what an error of these calls means.  Static. */
GO_API const char *go_nats_error_text(int err);

/* go_nats_message_new - a message to publish; everything is copied.
 *
 * reply may be NULL.  The caller holds it.  NULL and errno: EINVAL (no subject; size
 * beyond INT_MAX), ENOMEM. */
GO_API go_nats_message *go_nats_message_new(const char *subject, const char *reply,
                                            const void *data, size_t size) GO_MUST_CHECK;

/* go_nats_message_hold, go_nats_message_drop - add a holder; take one back; the last
 * frees the message.  NULL is fine. */
GO_API go_nats_message *go_nats_message_hold(go_nats_message *m);
GO_API void go_nats_message_drop(go_nats_message *m);

/* go_nats_header - the first value under key, or NULL.  Cases differ.  The value lives
 * as long as the message, or until the key is set. */
GO_API const char *go_nats_header(go_nats_message *m, const char *key);

/* go_nats_set_header - set it, in place of what was there.  0, -EINVAL, -ENOMEM.
 * Only by whoever made the message, before others have it. */
GO_API int go_nats_set_header(go_nats_message *m, const char *key, const char *value) GO_MUST_CHECK;

/* go_nats_publish - send size bytes of data to whoever subscribes to the subject.
 *
 * Returns when the message is in the buffer of the connection, which is sent soon;
 * go_nats_flush waits for that.  While the server is away, messages are kept, up to the
 * reconnect buffer: then -ENOBUFS.  Waits while the server is there and does not read.
 * Nothing tells whether anybody received it, and what was in the buffer when a server
 * died is lost.  -EIO, -ETIMEDOUT: it was lost just now; not sent.  -EPIPE, -EINVAL,
 * -EMSGSIZE. */
GO_API int go_nats_publish(go_nats *nc, const char *subject, const void *data,
                           size_t size) GO_MUST_CHECK;

/* go_nats_publish_message - the same with a message; it stays the caller's. */
GO_API int go_nats_publish_message(go_nats *nc, go_nats_message *m) GO_MUST_CHECK;

/* go_nats_respond - publish to where m wants its answer.  -EINVAL: nowhere. */
GO_API int go_nats_respond(go_nats_message *m, const void *data, size_t size) GO_MUST_CHECK;

/* go_nats_subscribe - receive what is published to the subject.
 *
 * "*" in the subject stands for one word between dots, ">" at the end for all that
 * follow.  options may be NULL.  The caller holds the subscription. */
GO_API int go_nats_subscribe(go_nats_sub **sub, go_nats *nc, const char *subject,
                             const go_nats_sub_options *options) GO_MUST_CHECK;

/* go_nats_messages - the channel of a subscription, the same each time.
 *
 * For receive, range and select.  Whoever receives a message drops it.  The
 * subscription's: receive as long as that is held.  It is closed, behind the last
 * message, when the subscription or the connection has ended.  NULL for one that was
 * made by go_nats_subscriber. */
GO_API go_chan(go_nats_message *) go_nats_messages(go_nats_sub *sub);

/* go_nats_unsubscribe - no more messages: those that wait behind the channel are
 * discarded, and the channel is closed soon.  Again does nothing. */
GO_API void go_nats_unsubscribe(go_nats_sub *sub);

/* go_nats_sub_drain - no more from the server; what has come is delivered, then the
 * channel is closed.  Does not wait.  0, -EPIPE. */
GO_API int go_nats_sub_drain(go_nats_sub *sub) GO_MUST_CHECK;

/* go_nats_sub_hold, go_nats_sub_drop - add a holder; take one back.  The last drop
 * unsubscribes, and frees what was not received.  NULL is fine. */
GO_API go_nats_sub *go_nats_sub_hold(go_nats_sub *sub);
GO_API void go_nats_sub_drop(go_nats_sub *sub);

/* go_nats_dropped - how many messages came and were discarded, because nobody received
 * them in time or they had the wrong size.
 * go_nats_pending - how many wait behind the channel. */
GO_API uint64_t go_nats_dropped(go_nats_sub *sub);
GO_API uint64_t go_nats_pending(go_nats_sub *sub);

/* go_nats_request - publish, and wait for the first answer.
 *
 * *reply is the caller's, who drops it; on an error NULL.  Thousands may wait at once:
 * a request takes a goroutine and no thread.  An answer that comes too late is ignored.
 * -EHOSTUNREACH: nobody subscribes to the subject; told at once.  -ETIMEDOUT,
 * -ECANCELED, -EPIPE. */
GO_API int go_nats_request(go_nats_message **reply, go_nats *nc, const char *subject,
                           const void *data, size_t size, int64_t deadline) GO_MUST_CHECK;
GO_API int go_nats_request_ctx(go_nats_message **reply, go_nats *nc, const char *subject,
                               const void *data, size_t size, go_context *ctx) GO_MUST_CHECK;

/* go_nats_request_message - the same with a message, whose own reply is ignored; it
 * stays the caller's. */
GO_API int go_nats_request_message(go_nats_message **reply, go_nats *nc, go_nats_message *m,
                                   int64_t deadline) GO_MUST_CHECK;
GO_API int go_nats_request_message_ctx(go_nats_message **reply, go_nats *nc, go_nats_message *m,
                                       go_context *ctx) GO_MUST_CHECK;

/* go_nats_publisher_wait - return when the channel of a publisher was closed and all
 * that was sent on it is published, and take the publisher back.
 *
 * 0, or the first error: what could not be published was discarded. */
GO_API int go_nats_publisher_wait(go_nats_pub *pub) GO_MUST_CHECK;

/* The ABI under go_nats_publisher and go_nats_subscriber. */
GO_API int go_nats_publisher_(go_nats_pub **pub, go_nats *nc, const char *subject,
                              struct go_chan_ *c, size_t elem) GO_MUST_CHECK;
GO_API int go_nats_subscriber_(go_nats_sub **sub, go_nats *nc, const char *subject,
                               const go_nats_sub_options *options, struct go_chan_ *c,
                               size_t elem) GO_MUST_CHECK;

/* go_nats_stream - what a stream is.  All zero but name and subjects is the default. */
typedef struct go_nats_stream {
    const char *name;                /* no dots, no blanks */
    const char *const *subjects;     /* that it keeps; ends with NULL; NULL: its name */
    bool memory;                     /* keep it in memory; else in files */
    bool work_queue;                 /* a message goes when it is acknowledged */
    bool refuse_when_full;           /* else the oldest go */
    int64_t max_messages, max_bytes; /* 0: no limit */
    int64_t max_age;                 /* ns; 0: no limit */
    int64_t duplicate_window; /* ns; within it an id is stored once; 0: the server's, 2 min */
    int replicas;             /* 0: 1 */
} go_nats_stream;

typedef struct go_nats_stream_state {
    uint64_t messages, bytes;
    uint64_t first, last; /* sequence numbers */
    int64_t consumers;
} go_nats_stream_state;

/* go_nats_stream_ensure - have a stream like this: it is made, or changed.
 *
 * -EHOSTUNREACH: the server has no JetStream.  -EINVAL, -ENOSPC, -EPROTO: refused. */
GO_API int go_nats_stream_ensure(go_nats *nc, const go_nats_stream *stream,
                                 int64_t deadline) GO_MUST_CHECK;

/* go_nats_stream_look - what is in it.  -ENOENT. */
GO_API int go_nats_stream_look(go_nats *nc, const char *stream, go_nats_stream_state *state,
                               int64_t deadline) GO_MUST_CHECK;

/* go_nats_stream_delete - with all that is in it.  -ENOENT. */
GO_API int go_nats_stream_delete(go_nats *nc, const char *stream, int64_t deadline) GO_MUST_CHECK;

/* go_nats_stored - where a stream has put a message. */
typedef struct go_nats_stored {
    uint64_t sequence;
    bool duplicate; /* it had one with this id: nothing was added */
} go_nats_stored;

/* go_nats_stream_publish - publish, and return when a stream has stored it.
 *
 * id: a name that is the message's own, or NULL.  After any error nobody knows whether
 * it was stored: publish again with the same id, and it is there once.  stored may be
 * NULL.  -EHOSTUNREACH: no stream takes the subject; -ENOSPC: it is full. */
GO_API int go_nats_stream_publish(go_nats *nc, const char *subject, const void *data, size_t size,
                                  const char *id, go_nats_stored *stored,
                                  int64_t deadline) GO_MUST_CHECK;
GO_API int go_nats_stream_publish_ctx(go_nats *nc, const char *subject, const void *data,
                                      size_t size, const char *id, go_nats_stored *stored,
                                      go_context *ctx) GO_MUST_CHECK;

/* go_nats_consumer - whose messages to receive from a stream. */
typedef struct go_nats_consumer {
    const char *stream;
    const char *name;    /* the server keeps it under this name; NULL: as long as it is used */
    const char *subject; /* only these; NULL: all */
    int64_t ack_wait;    /* ns until a message without ack comes again; 0: 30 s */
    int max_deliver;     /* times; 0: until it is acknowledged */
    int max_unacked;     /* on the way or in work, of all that share the name; 0: 1000 */
    bool from_now;       /* not what was stored before the consumer was made */
    uint64_t from;       /* or begin with this sequence number; 0: the first */
    int64_t capacity;    /* of the channel; 0: 64; -1: a rendezvous */
    int batch;           /* how many to ask for at once; 0: as the capacity */
} go_nats_consumer;

/* go_nats_consume - receive what a stream has stored, at least once.
 *
 * As a subscription, but each message is to be acknowledged, or it comes again, here or
 * to another that consumes under the same name.  Asks the server for batch messages
 * whenever those before have found room in the channel: nothing is ever dropped.  Goes
 * on by itself after the server was away.
 * -ENOENT: no such stream.  A name that is in use gets these settings; -EPROTO or, by
 * newer servers, -EEXIST: that cannot be. */
GO_API int go_nats_consume(go_nats_sub **sub, go_nats *nc, const go_nats_consumer *consumer,
                           int64_t deadline) GO_MUST_CHECK;

/* go_nats_consumer_delete - the server forgets it.  -ENOENT. */
GO_API int go_nats_consumer_delete(go_nats *nc, const char *stream, const char *name,
                                   int64_t deadline) GO_MUST_CHECK;

/* go_nats_ack - the message is dealt with and must not come again.
 * go_nats_nak - it shall come again, d nanoseconds from now at the earliest.
 * go_nats_in_progress - it takes longer: ack_wait begins anew.
 * go_nats_term - it shall never come again, though it was not dealt with.
 *
 * Published, so the server may not have heard of it when they return; if it never does,
 * the message comes again.  The message stays the caller's.  -EINVAL: no message of a
 * consumer. */
GO_API int go_nats_ack(go_nats_message *m) GO_MUST_CHECK;
GO_API int go_nats_nak(go_nats_message *m, int64_t d) GO_MUST_CHECK;
GO_API int go_nats_in_progress(go_nats_message *m) GO_MUST_CHECK;
GO_API int go_nats_term(go_nats_message *m) GO_MUST_CHECK;

/* go_nats_ack_wait - ack, and return when the server knows it. */
GO_API int go_nats_ack_wait(go_nats_message *m, int64_t deadline) GO_MUST_CHECK;

/* go_nats_delivery - what the server says of a consumer's message. */
typedef struct go_nats_delivery {
    uint64_t sequence; /* in the stream */
    uint64_t times;    /* it was delivered, this one counted */
    uint64_t left;     /* messages for this consumer behind it */
    int64_t stored;    /* when, ns since 1970 */
} go_nats_delivery;

/* go_nats_delivery_of - 0, or -EINVAL: no message of a consumer. */
GO_API int go_nats_delivery_of(const go_nats_message *m, go_nats_delivery *d) GO_MUST_CHECK;

GO_END_DECLS

/* go_nats_publisher(&pub, nc, subject, c) - publish each value that is sent on c, as its
 * bytes, until c is closed.
 *
 * c is a channel of any type whose bytes mean the same on the other side: no pointers.
 * While there is no server and its buffer is full, nothing is received from c: senders
 * wait.  No error of that kind loses a value.
 * The publisher holds c and the connection; go_nats_publisher_wait takes it back.
 *
 * go_nats_subscriber(&sub, nc, subject, options, c) - subscribe, and send the bytes of
 * each message on c as a value.
 *
 * A message of another size is dropped and counted.  The subscription closes c when it
 * ends: nobody else may.  options as for go_nats_subscribe; capacity is c's own.
 * Both: 0, -EINVAL, -ENOMEM, -EPIPE. */
#ifdef __cplusplus
template <class T>
GO_MUST_CHECK inline int go_nats_publisher(go_nats_pub **pub, go_nats *nc, const char *subject,
                                           go_cpp_::chan<T> c)
{
    return go_nats_publisher_(pub, nc, subject, go_cpp_::raw(c), sizeof(T));
}
template <class T>
GO_MUST_CHECK inline int go_nats_subscriber(go_nats_sub **sub, go_nats *nc, const char *subject,
                                            const go_nats_sub_options *options, go_cpp_::chan<T> c)
{
    return go_nats_subscriber_(sub, nc, subject, options, go_cpp_::raw(c), sizeof(T));
}
#else
#define go_nats_publisher(pub, nc, subject, c)                                                     \
    go_must_check_(__extension__({                                                                 \
        __typeof__(c) go_np_c_ = (c);                                                              \
        GO_ASSERT_CHAN_("go_nats_publisher", go_np_c_);                                            \
        go_nats_publisher_((pub), (nc), (subject), GO_RAW_(go_np_c_), sizeof(GO_ELEM_(go_np_c_))); \
    }))
#define go_nats_subscriber(sub, nc, subject, options, c)                                           \
    go_must_check_(__extension__({                                                                 \
        __typeof__(c) go_ns_c_ = (c);                                                              \
        GO_ASSERT_CHAN_("go_nats_subscriber", go_ns_c_);                                           \
        go_nats_subscriber_((sub), (nc), (subject), (options), GO_RAW_(go_ns_c_),                  \
                            sizeof(GO_ELEM_(go_ns_c_)));                                           \
    }))
#endif

#endif
