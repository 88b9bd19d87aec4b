/* SPDX-License-Identifier: MIT */
/* TLS over a connected descriptor: libgoroutine-tls, made of OpenSSL.
 *
 *     go_tls *t;
 *     if (go_tls_dial(&t, "tcp", "example.org:443", NULL, go_now() + 5 * GO_SECOND) < 0)
 *         puts(go_tls_error_text());    // "example.org: certificate has expired: ..."
 *     else {
 *         go_tls_write(t, request, strlen(request));
 *         n = go_tls_read(t, buf, sizeof(buf));
 *         go_tls_close(t);
 *         go_tls_drop(t);
 *     }
 *
 * The defaults are the safe ones: TLS 1.2 or later, the peer's certificate checked
 * against the system's authorities and for the name that was asked for.
 *
 * Any goroutine or thread may call everything here.  One goroutine may read while
 * another writes: neither waits for the other.  Of several that read at once, or write
 * at once, one goes after the other; a write is never mixed with another.
 *
 * A call returns 0 or more, or a negative errno, and then go_tls_error_text says more:
 *
 *     -EKEYEXPIRED   a certificate is not valid any more
 *     -EKEYREVOKED   a certificate has been revoked
 *     -EKEYREJECTED  it is not to be trusted: unknown authority, another host's, not yet
 *                    valid, made for something else, too weak
 *     -EPROTO        the peer refused, or does not speak TLS as it must
 *     -ECONNABORTED  the connection ended without the peer's goodbye: what came before
 *                    may have been cut short
 *     -ETIMEDOUT     the deadline of the call, the context or the descriptor has passed
 *     -ECANCELED     the context was cancelled
 *     -EBADF         the connection has been closed here
 *     -EPIPE         a write after go_tls_close_write
 *     -EINVAL        options that do not go together, a NULL where none may be
 *     others         as the descriptor, a file or go_dial gave them; -ENOMEM
 *
 * Like Go's package crypto/tls.
 */
#ifndef GOROUTINE_TLS_H
#define GOROUTINE_TLS_H

#include <goroutine/base.h>
#include <sys/types.h>

/* Versions of the protocol, for go_tls_options. */
#define GO_TLS_1_2 0x0303
#define GO_TLS_1_3 0x0304

/* go_tls_config - options in force: files read, certificates parsed.  Never changes,
 * serves any number of connections at once, and counts its holders. */
typedef struct go_tls_config go_tls_config;

/* go_tls - one connection.  Counts its holders. */
typedef struct go_tls go_tls;

/* go_tls_pair - a certificate and its key, each in a file or in memory, as PEM.
 *
 * The certificate comes first, then those of the authorities between it and a root. */
typedef struct go_tls_pair {
    const char *cert_file, *key_file;
    const char *cert_pem, *key_pem;
    const char *password; /* of the key; NULL: it has none */
} go_tls_pair;

/* What a server asks of its clients. */
typedef enum go_tls_client_auth {
    GO_TLS_ANYBODY,      /* no certificate is asked for */
    GO_TLS_IF_GIVEN,     /* asked for; one that is shown must be good */
    GO_TLS_REQUIRE_CERT, /* no connection without a good one */
} go_tls_client_auth;

/* go_tls_options - all zero is the default, and safe.
 *
 * ca_file, ca_dir, ca_pem   whom to trust: PEM in a file, a folder with hashed names
 *                 (c_rehash), PEM in memory.  None of them: the system's authorities.
 *                 A server trusts them with its clients, and has no default.
 * pairs, npairs   certificates.  A server needs one; it shows those that are made for
 *                 the name the client asks for, else the first; one for each type of
 *                 key may be given for a name.  A client shows the first, if asked.
 * server_name     client: the name to ask for and to check, whatever host the call says.
 * alpn            protocols to agree on, the dearest first, ended by NULL.  A server
 *                 refuses a client that offers protocols and none of these.
 * min_version, max_version   GO_TLS_1_2 or GO_TLS_1_3; 0: from 1.2, to the newest.
 * ciphers         for TLS 1.2, in OpenSSL's words; NULL: those with forward secrecy that
 *                 also authenticate (ECDHE with AES-GCM or ChaCha20).
 * client_auth     server: see above.  Else than GO_TLS_ANYBODY needs a ca_.
 * no_tickets      server: give no tickets, so that no client can resume a session.
 * insecure_skip_verify   client: check nothing.  Whoever is between can read and write
 *                 everything; for tests only.
 * choose          server: asked at the beginning of each handshake for the config to go
 *                 on with; name is what the client asks for, "" if nothing.  Returns a
 *                 hold, which the handshake takes; NULL refuses the client.  May wait;
 *                 runs on the goroutine that called go_tls_server.  A server with it
 *                 needs no pairs.
 * choose_arg      passed to it.
 */
typedef struct go_tls_options {
    const char *ca_file, *ca_dir, *ca_pem;
    const go_tls_pair *pairs;
    size_t npairs;
    const char *server_name;
    const char *const *alpn;
    int min_version, max_version;
    const char *ciphers;
    go_tls_client_auth client_auth;
    bool no_tickets;
    bool insecure_skip_verify;
    const go_tls_config *(*choose)(const char *name, void *arg);
    void *choose_arg;
} go_tls_options;

/* go_tls_certificate - what a certificate says.  Lives as long as its connection. */
typedef struct go_tls_certificate {
    const char *subject, *issuer;  /* as RFC 2253 writes them: "CN=a.example,O=Example" */
    const char *names;             /* hosts and addresses it is for, with ", " between, but
                                      for names that no host can have */
    int64_t not_before, not_after; /* seconds since 1970, UTC */
    const unsigned char *der;      /* the certificate itself */
    size_t der_len;
    unsigned char sha256[32]; /* of der */
} go_tls_certificate;

GO_BEGIN_DECLS

/* go_tls_config_new - read the files, parse the certificates, check that they go together.
 *
 * The caller holds *config.  o NULL: all default.  Nothing of *o is referred to
 * afterwards but choose and choose_arg.  Reads files: the thread may wait, other
 * goroutines go on.  0; -EINVAL; -ENOENT and its like; -EPROTO: not PEM, or a key that is
 * not the certificate's; -ENOMEM.  Like filling in Go's tls.Config. */
GO_API int go_tls_config_new(go_tls_config **config, const go_tls_options *o) GO_MUST_CHECK;

/* go_tls_config_hold - add a holder; returns config.  NULL is fine, here and below.
 * go_tls_config_drop - take one back; the last drop frees.  A connection holds its own. */
GO_API const go_tls_config *go_tls_config_hold(const go_tls_config *config);
GO_API void go_tls_config_drop(const go_tls_config *config);

/* go_tls_client - speak TLS as a client over fd, a connected stream socket.
 *
 * Returns when the handshake is done and the server has proved that it is host: a name
 * or a number; NULL only with server_name or insecure_skip_verify.  config NULL: all
 * default.  From then on fd is the connection's: only its deadlines may be set, and
 * go_tls_close closes it.  On an error *t is NULL, and fd still the caller's, good for
 * nothing but to be closed.
 * The bound is on the handshake; the descriptor's deadlines count besides.
 * Like Go's tls.Client and Handshake. */
GO_API int go_tls_client(go_tls **t, int fd, const char *host, const go_tls_config *config,
                         int64_t deadline) GO_MUST_CHECK;
GO_API int go_tls_client_ctx(go_tls **t, int fd, const char *host, const go_tls_config *config,
                             go_context *ctx) GO_MUST_CHECK;

/* go_tls_server - speak TLS as a server over fd; otherwise as go_tls_client.
 *
 * Call it in the goroutine that serves the client, not in the one that accepts: a client
 * that says nothing waits for its deadline there.  Like Go's tls.Server and Handshake. */
GO_API int go_tls_server(go_tls **t, int fd, const go_tls_config *config,
                         int64_t deadline) GO_MUST_CHECK;
GO_API int go_tls_server_ctx(go_tls **t, int fd, const go_tls_config *config,
                             go_context *ctx) GO_MUST_CHECK;

/* go_tls_dial - go_dial, then go_tls_client for the host in the address.
 *
 * One bound for both.  Like Go's tls.Dial and Dialer.DialContext. */
GO_API int go_tls_dial(go_tls **t, const char *network, const char *address,
                       const go_tls_config *config, int64_t deadline) GO_MUST_CHECK;
GO_API int go_tls_dial_ctx(go_tls **t, const char *network, const char *address,
                           const go_tls_config *config, go_context *ctx) GO_MUST_CHECK;

/* go_tls_hold - add a holder; returns t, for  go(reader, go_tls_hold(t)).
 * go_tls_drop - take one back.  The last drop closes, if that has not been done, and
 * frees.  NULL is fine. */
GO_API go_tls *go_tls_hold(go_tls *t);
GO_API void go_tls_drop(go_tls *t);

/* go_tls_read - at least one byte and at most n into buf, as they come.
 *
 * Returns how many; 0 when the peer has said that it will send nothing more, or n is 0.
 * A connection that ends without that is -ECONNABORTED.  After -ETIMEDOUT and -ECANCELED
 * reading may go on later: nothing is lost.  Other errors stay. */
GO_API ssize_t go_tls_read(go_tls *t, void *buf, size_t n) GO_MUST_CHECK;
GO_API ssize_t go_tls_read_until(go_tls *t, void *buf, size_t n, int64_t deadline) GO_MUST_CHECK;
GO_API ssize_t go_tls_read_ctx(go_tls *t, void *buf, size_t n, go_context *ctx) GO_MUST_CHECK;

/* go_tls_write - all n bytes of buf.
 *
 * Returns n once the kernel has them all, or an error.  Then some may have been sent, and as
 * a record that was sent in part cannot be taken back, every later write fails in the same
 * way, after -ETIMEDOUT and -ECANCELED too, unless the call had only waited for another's
 * write to end.  Reading is not affected.  Like Go's Conn.Write. */
GO_API ssize_t go_tls_write(go_tls *t, const void *buf, size_t n) GO_MUST_CHECK;
GO_API ssize_t go_tls_write_until(go_tls *t, const void *buf, size_t n,
                                  int64_t deadline) GO_MUST_CHECK;
GO_API ssize_t go_tls_write_ctx(go_tls *t, const void *buf, size_t n,
                                go_context *ctx) GO_MUST_CHECK;

/* go_tls_close_write - say goodbye (close_notify), behind all that was written.
 *
 * The peer reads to the end; here reading goes on.  0 also when it has been said.
 * Like Go's Conn.CloseWrite. */
GO_API int go_tls_close_write(go_tls *t);
GO_API int go_tls_close_write_until(go_tls *t, int64_t deadline);
GO_API int go_tls_close_write_ctx(go_tls *t, go_context *ctx);

/* go_tls_close - say goodbye if that needs no waiting, and close the descriptor.
 *
 * Does not wait for the peer.  Calls of others that wait end with -EBADF, and have left
 * the descriptor when this returns.  What the peer sent and nobody has read is lost.
 * 0, or -EBADF: it was closed before.  The handle is there until it is dropped.
 * Like Go's Conn.Close. */
GO_API int go_tls_close(go_tls *t);

/* go_tls_fd - the descriptor, for go_set_deadline and go_remote_address; -1 once closed. */
GO_API int go_tls_fd(go_tls *t);

/* What the handshake agreed on.  The texts live as long as the handle.
 *
 * go_tls_alpn         the protocol, "" if none was agreed on
 * go_tls_version      "TLSv1.2" or "TLSv1.3"
 * go_tls_cipher       as OpenSSL calls it: "TLS_AES_128_GCM_SHA256"
 * go_tls_server_name  the name that the client asked for, "" if none
 * go_tls_verified     the peer has shown a certificate, and it was checked: its chain, and
 *                     in a client the host
 * go_tls_peer_name    whom the peer's certificate names: in a client that has verified it
 *                     the name that matched, else the first of its hosts, or its common
 *                     name; "" if it showed none.  Means nothing unless verified. */
GO_API const char *go_tls_alpn(go_tls *t);
GO_API const char *go_tls_version(go_tls *t);
GO_API const char *go_tls_cipher(go_tls *t);
GO_API const char *go_tls_server_name(go_tls *t);
GO_API bool go_tls_verified(go_tls *t);
GO_API const char *go_tls_peer_name(go_tls *t);

/* go_tls_peer_certificate - the peer's certificate, i = 0, and those above it.
 *
 * The chain that was verified, up to the root; if none was, what the peer sent.  NULL
 * beyond its end, or out of memory.  Like Go's ConnectionState.PeerCertificates. */
GO_API const go_tls_certificate *go_tls_peer_certificate(go_tls *t, int i);

/* go_tls_self_signed - a new key, and a certificate by it for itself, for a year.
 *
 * For tests, and for two programs of one owner: the certificate, given as ca_pem, is the
 * authority that the other side needs.  hosts: names and numbers, with commas between.
 * *cert_pem and *key_pem are the caller's to free.  0, -EINVAL, -ENOMEM. */
GO_API int go_tls_self_signed(char **cert_pem, char **key_pem, const char *hosts) GO_MUST_CHECK;

/* go_tls_error_text - why the calling goroutine's last call here that failed did so.
 *
 * "localhost: certificate has expired: valid until 2024-05-01 12:00:00 UTC", "the peer
 * refused: unknown CA".  One line.  Valid until the goroutine's next call that fails; ""
 * before the first. */
GO_API const char *go_tls_error_text(void);

GO_END_DECLS

#endif
