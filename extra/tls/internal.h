/* SPDX-License-Identifier: MIT */
/* One connection: who owns what, and how ciphertext moves.
 *
 * An SSL object may be used by one thread at a time, but one goroutine reads a connection
 * while another writes it, and neither may hold up the other.  So no call of OpenSSL ever
 * waits.  They are made under t->lock, which is never held across a wait; what they cannot
 * do at once is done outside of it, by the caller, with the descriptor.
 *
 * Inside a call of OpenSSL nothing of libgoroutine is called: the callbacks use OpenSSL and
 * libc.  So the goroutine stays on its thread as long as such a call lasts, and what OpenSSL keeps per thread (the error queue, the random
 * generators) is that thread's from beginning to end.  The error queue is emptied before,
 * and read after, with the lock held all the while.
 *
 * In.  Who has the role `reading` takes bytes from the socket, outside of the lock, when
 * OpenSSL has found `in` empty; it puts them into in, and calls OpenSSL again.  Nobody else
 * takes any: what one takes another who waits for the socket would not be told of.  OpenSSL
 * is never told of the socket's end or error: it asks for more, and what asks the socket for
 * more meets them.
 *
 * Out.  OpenSSL writes into `out`, which takes everything: it never sees a short write, and
 * never has half a record of its own.  Who empties out:
 *   - a writer does not return, nor encrypt more, before it is empty: flush.  While it
 *     waits, the bytes it sends are not in out (flushing), and others append to out.
 *   - a reader leaves bytes behind when OpenSSL had to answer (an alert) and the kernel would
 *     not take them: tls_out_send tries again whenever a reader has the lock; one that waits
 *     for input then waits for room as well, unless a writer flushes, who will take those
 *     bytes along.  Beyond OUT_LIMIT a reader does not read on: else a peer could have us
 *     collect answers that it does not fetch.
 *
 * So each byte of ciphertext is copied once more than it would be if OpenSSL used the socket:
 * that is less than the system calls cost that it saves (many records by one), and all that
 * fd.h does for a descriptor holds here too.  Who waits long has neither our buffers nor,
 * but for a client between a ticket and its next write, OpenSSL's.  (SSL_free_buffers would
 * mend that; in many versions it frees a record of which only the header has come.)
 *
 * Roles.  `reading` and `writing` are each had by one call at a time, from its beginning to
 * its end.  A write may need input: a message of the handshake's kind (a ticket) has come in
 * part, and OpenSSL wants the rest first.  It takes the role `reading` if it is free; else
 * the reader will read that message: the writer waits for `changed`.
 *
 * Wake-ups.  Everything that a wait on `changed` looks at is changed under the lock, and
 * whoever changes it broadcasts if `waiters` is not 0: a role is given back, a flush has
 * ended, a reader has let OpenSSL work, the connection is closed, `outside` falls to 0.
 * Waits for the descriptor are its own business (fd.h): they are asked for what is true
 * (readable, writable), not for what happens, so nothing is lost between the lock and them.
 *
 * The end.  `outside` counts the calls that have left the lock to use the descriptor.
 * go_tls_close sets closed, has the descriptor's deadlines pass so that they come back, and
 * closes the number when there are none: they never meet the next file of that number.
 *
 * The handshake is made by the one who makes the connection; nobody else knows of it yet.
 * It has both roles, and takes the lock for the form's sake.
 *
 * Invariants, whenever the lock is free:
 *  T1  out.len > 0, no flushing, no out_fail => the socket was full when last tried, and the
 *      bytes are answers, or a writer is about to flush.
 *  T2  SSL has no record that is encrypted and not in the socket, out, or a flush.
 *  T3  flushing => writing.  outside > 0 or a role taken => somebody has a hold on t.
 *  T4  closed never returns to false; nobody uses fd after closed and outside == 0 but the
 *      one who closed.
 *  T5  a fail, once set, stays.  out_fail => out is empty and stays so.
 */
#ifndef TLS_INTERNAL_H
#define TLS_INTERNAL_H

#include <goroutine.h>
#include <goroutine/net.h>
#include <goroutine/tls.h>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/* A certificate that has been read.  Immutable. */
struct tls_pair {
    X509 *cert;
    EVP_PKEY *key;
    STACK_OF(X509) * chain;
};

/* Everything but refs is immutable once go_tls_config_new has returned. */
struct go_tls_config {
    uint32_t refs; /* atomic */
    SSL_CTX *ctx;
    struct tls_pair *pairs;
    size_t npairs;
    char *server_name;   /* NULL: none */
    unsigned char *alpn; /* as on the wire: each with its length before it */
    unsigned alpn_len;
    int min_version, max_version;
    go_tls_client_auth client_auth;
    bool trusts; /* a ca_ was given */
    bool no_tickets, insecure_skip_verify;
    const go_tls_config *(*choose)(const char *name, void *arg);
    void *choose_arg;
};

/* A time, or a context; FOREVER and NULL: neither. */
struct bound {
    int64_t deadline;
    go_context *ctx;
};

static inline struct bound bound_time(int64_t deadline)
{
    return (struct bound){ deadline, NULL };
}
static inline struct bound bound_context(go_context *ctx)
{
    return (struct bound){ GO_FOREVER, ctx };
}

/* Why a direction is at its end. */
struct tls_fail {
    int err;    /* negative errno; 0: it is not */
    char *text; /* NULL: no memory for it */
};

/* Ciphertext on its way: bytes [head, head + len) of data, which has size.  All zero: none. */
struct tls_buf {
    unsigned char *data;
    size_t head, len, size;
};

/* Beyond this a reader waits until the peer has fetched what it is owed. */
#define OUT_LIMIT ((size_t)64 << 10)
/* What is encrypted under one hold of the lock, and sent by one system call: four records. */
#define CHUNK ((size_t)64 << 10)
/* What is taken from the socket by one: one record and its overhead, or two. */
#define IN_SIZE ((size_t)33 << 10)

struct go_tls {
    uint32_t refs;               /* atomic */
    int fd;                      /* imm */
    bool server;                 /* imm */
    const go_tls_config *config; /* the handshake's; then imm */

    go_mutex lock;
    go_cond changed;  /* of lock */
    uint32_t waiters; /* lock: on changed */
    uint32_t outside; /* lock */
    SSL *ssl;         /* imm; what it points to: lock */

    bool reading, writing; /* lock: the roles */
    bool flushing;         /* lock; set and cleared by who has writing */
    bool closed;           /* lock */
    bool handshaking;      /* lock */
    bool said_goodbye;     /* lock: close_notify has been encrypted */
    bool heard_goodbye;    /* lock: and received */

    struct tls_buf in, out; /* lock */
    bool in_full;           /* who has reading: the socket gave all that was asked for */
    size_t expect;          /* lock: bytes that are about to come into out */
    int out_errno;          /* lock: bytes of out were lost so, and out_fail does not say so */
    struct tls_fail in_fail, out_fail; /* lock */

    /* The handshake's; then imm. */
    char *host;       /* client: who the server has to be, NULL: not checked */
    char *hello_name; /* server with choose: what the client asked for */
    enum { CHOOSE_NOT, CHOOSE_ASKED, CHOOSE_GO_ON, CHOOSE_REFUSE } choosing;
    int verify_error; /* X509_V_ERR_ of the first that was wrong */
    char *verify_text;
    char *alpn, *server_name, *peer_name;
    bool verified;

    go_tls_certificate **certs; /* lock: made when asked for; NULL at the end */
};

/* --- text.c: what went wrong, in words ---------------------------------------------- */

/* tls_error - keep the text for go_tls_error_text; returns err. */
int tls_error(int err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* tls_error_errno - the same for a negative errno: "WHAT: its usual text". */
int tls_error_errno(int err, const char *what);
/* tls_error_openssl - for what the error queue of this thread has; empties it. */
int tls_error_openssl(int err, const char *what);
/* tls_error_ssl - a call on t->ssl has failed for good; with the lock held. */
int tls_error_ssl(go_tls *t);
/* tls_fail_now - the last error's text is that of f, which stays; returns err. */
int tls_fail_now(struct tls_fail *f, int err);
/* tls_fail_again - what f says, as this goroutine's error. */
int tls_fail_again(const struct tls_fail *f);
/* tls_format - as asprintf; NULL: no memory. */
char *tls_format(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* --- pair.c, config.c, choose.c ------------------------------------------------------ */

int tls_pair_load(struct tls_pair *out, const go_tls_pair *from);
void tls_pair_free(struct tls_pair *p);
/* tls_trust - have ctx trust what o names; *given: it names something. */
int tls_trust(SSL_CTX *ctx, const go_tls_options *o, bool *given);
/* tls_config_or_default - config, or the one that NULL stands for, with a hold. */
int tls_config_or_default(const go_tls_config **out, const go_tls_config *config);
/* tls_choose_init - the callbacks by which a server finds certificate and protocol. */
void tls_choose_init(go_tls_config *c);
/* tls_choose_ask - the client has named a host and waits: ask choose.  Not under the lock. */
int tls_choose_ask(go_tls *t);

/* --- verify.c, peer.c ------------------------------------------------------------------ */

/* tls_verify_init - whom t->ssl has to see. */
int tls_verify_init(go_tls *t);
/* tls_names - the hosts and addresses that a certificate is for, to be freed; at most
 * max of them.  NULL: no memory. */
char *tls_names(X509 *cert, int max);
char *tls_name_text(const X509_NAME *name);
/* tls_peer_known - the handshake is done: keep what it agreed on. */
int tls_peer_known(go_tls *t);
void tls_peer_free(go_tls *t);

/* --- bio.c ------------------------------------------------------------------------------ */

/* tls_bio_new - the BIO through which t->ssl reads and writes.  NULL: no memory. */
BIO *tls_bio_new(go_tls *t);
/* tls_out_lost - what is in out, and comes, cannot be sent: the error is a writer's to find. */
void tls_out_lost(go_tls *t, int err);
void tls_buf_free(struct tls_buf *b);

/* --- wait.c: everything that waits; the lock is held before and after -------------------- */

/* tls_wait_changed - for a broadcast. */
int tls_wait_changed(go_tls *t, struct bound b);
void tls_changed(go_tls *t);
/* tls_take - one of the roles.  tls_give - and back. */
int tls_take(go_tls *t, bool *role, struct bound b);
void tls_give(go_tls *t, bool *role);
/* tls_wait_input - by who has reading: until in has something, or something was sent. */
int tls_wait_input(go_tls *t, struct bound b);
/* tls_wait_owed - by a reader: until out is below OUT_LIMIT. */
int tls_wait_owed(go_tls *t, struct bound b);
/* tls_flush - by who has writing: until out is empty. */
int tls_flush(go_tls *t, struct bound b);
/* tls_out_send - send what out has and the kernel takes now.  Waits for nothing. */
void tls_out_send(go_tls *t);

/* --- conn.c, io.c ------------------------------------------------------------------------- */

/* tls_free - the connection is nobody's any more; its descriptor is not touched. */
void tls_free(go_tls *t);
/* tls_goodbye - have OpenSSL write close_notify.  Lock held; a handshake is not under way. */
void tls_goodbye(go_tls *t);

#endif
