/* SPDX-License-Identifier: MIT */
/* What the tests of TLS share: certificates, connections, the openssl command. */
#ifndef TESTS_TLS_TEST_H
#define TESTS_TLS_TEST_H

#include "check.h"

#include <goroutine.h>
#include <goroutine/net.h>
#include <goroutine/tls.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Long enough for any machine; nothing waits for it but what fails. */
#define LONG (50 * GO_SECOND)

static inline int64_t later(void)
{
    return go_now() + LONG;
}

#define CHECK_STR(a, b)                                                                            \
    do {                                                                                           \
        const char *a_ = (a), *b_ = (b);                                                           \
        if (strcmp(a_, b_) != 0) {                                                                 \
            fprintf(stderr, "%s:%d: %s is \"%s\", not \"%s\"\n", __FILE__, __LINE__, #a, a_, b_);  \
            _Exit(1);                                                                              \
        }                                                                                          \
    } while (0)

#define CHECK_HAS(a, b)                                                                            \
    do {                                                                                           \
        const char *a_ = (a), *b_ = (b);                                                           \
        if (!strstr(a_, b_)) {                                                                     \
            fprintf(stderr, "%s:%d: no \"%s\" in \"%s\"\n", __FILE__, __LINE__, b_, a_);           \
            _Exit(1);                                                                              \
        }                                                                                          \
    } while (0)

/* CHECK_OK - a call of TLS that must not fail; says why it did. */
#define CHECK_OK(x)                                                                                \
    do {                                                                                           \
        long long r_ = (long long)(x);                                                             \
        if (r_ < 0) {                                                                              \
            fprintf(stderr, "%s:%d: %s: %lld, %s\n", __FILE__, __LINE__, #x, r_,                   \
                    go_tls_error_text());                                                          \
            _Exit(1);                                                                              \
        }                                                                                          \
    } while (0)

/* cert - the path of a file that make_certs.sh made.  Eight at a time. */
static inline const char *cert(const char *name)
{
    static _Thread_local char paths[8][512];
    static _Thread_local unsigned next;
    char *path = paths[next++ % 8];
    const char *dir = getenv("GO_TLS_CERTS");
    if (!dir) {
        fprintf(stderr, "GO_TLS_CERTS names no folder that make_certs.sh has filled\n");
        _Exit(1);
    }
    snprintf(path, sizeof(paths[0]), "%s/%s", dir, name);
    return path;
}

/* config_for - a server's config with the certificate NAME, or with NULL a client's, both
 * with the test's authority; the rest as in base, which may be NULL. */
static inline const go_tls_config *config_for(const char *name, const go_tls_options *base)
{
    char cert_file[600], key_file[600];
    go_tls_options o = base ? *base : (go_tls_options){ 0 };
    go_tls_pair pair = { .cert_file = cert_file, .key_file = key_file };
    go_tls_config *c;
    if (!o.ca_file && !o.ca_pem && !o.ca_dir)
        o.ca_file = cert("ca.pem");
    if (name) {
        snprintf(cert_file, sizeof(cert_file), "%s.pem", cert(name));
        snprintf(key_file, sizeof(key_file), "%s.key", cert(name));
        o.pairs = &pair;
        o.npairs = 1;
    }
    CHECK_OK(go_tls_config_new(&c, &o));
    return c;
}

static inline int port_of(int fd)
{
    struct sockaddr_in a;
    socklen_t len = sizeof(a);
    CHECK_EQ(getsockname(fd, (struct sockaddr *)&a, &len), 0);
    return ntohs(a.sin_port);
}

/* connected - two ends of a TCP connection; buf: of their buffers, 0: the kernel's. */
static inline void connected(int *client, int *server, int buf)
{
    int l = go_listen("tcp", "127.0.0.1:0");
    CHECK(l >= 0);
    int c = go_socket(AF_INET, SOCK_STREAM, 0);
    if (buf) {
        setsockopt(l, SOL_SOCKET, SO_RCVBUF, &buf, sizeof(buf));
        setsockopt(c, SOL_SOCKET, SO_RCVBUF, &buf, sizeof(buf));
        setsockopt(c, SOL_SOCKET, SO_SNDBUF, &buf, sizeof(buf));
    }
    struct sockaddr_in a;
    socklen_t len = sizeof(a);
    CHECK_EQ(getsockname(l, (struct sockaddr *)&a, &len), 0);
    CHECK_EQ(go_connect_until(c, (struct sockaddr *)&a, len, later()), 0);
    int s = go_accept_until(l, NULL, NULL, later());
    CHECK(s >= 0);
    if (buf)
        setsockopt(s, SOL_SOCKET, SO_SNDBUF, &buf, sizeof(buf));
    CHECK_EQ(go_close_fd(l), 0);
    *client = c;
    *server = s;
}

struct serve_call {
    int fd;
    const go_tls_config *config;
    go_tls *t; /* with result: by the goroutine, before done */
    int result;
    char text[512];
    go_waitgroup done;
};

static inline void serve_handshake(struct serve_call *call)
{
    call->result = go_tls_server(&call->t, call->fd, call->config, later());
    snprintf(call->text, sizeof(call->text), "%s", call->result ? go_tls_error_text() : "");
}

/* shake - both handshakes over a new connection.  What fails has no handle, and its
 * descriptor is closed. */
static inline void shake(struct serve_call *call, go_tls **client, int *result, const char *host,
                         const go_tls_config *client_config, const go_tls_config *server_config,
                         int buf)
{
    int fd;
    memset(call, 0, sizeof(*call));
    call->config = server_config;
    connected(&fd, &call->fd, buf);
    go_waitgroup_go(&call->done, serve_handshake, call);
    *result = go_tls_client(client, fd, host, client_config, later());
    if (*result)
        CHECK_EQ(go_close_fd(fd), 0);
    go_waitgroup_wait(&call->done);
    if (call->result)
        CHECK_EQ(go_close_fd(call->fd), 0);
}

/* secured - two ends of a TLS connection, for a client of localhost. */
static inline void secured(go_tls **client, go_tls **server, const go_tls_config *client_config,
                           const go_tls_config *server_config, int buf)
{
    struct serve_call call;
    int result;
    shake(&call, client, &result, "localhost", client_config, server_config, buf);
    CHECK_OK(result);
    if (call.result)
        fprintf(stderr, "server: %s\n", call.text);
    CHECK_EQ(call.result, 0);
    *server = call.t;
}

static inline void read_all(go_tls *t, void *buf, size_t n)
{
    for (size_t got = 0; got < n;) {
        ssize_t r = go_tls_read_until(t, (char *)buf + got, n - got, later());
        CHECK_OK(r);
        CHECK(r > 0);
        got += (size_t)r;
    }
}

static inline void close_both(go_tls *a, go_tls *b)
{
    CHECK_EQ(go_tls_close(a), 0);
    CHECK_EQ(go_tls_close(b), 0);
    go_tls_drop(a);
    go_tls_drop(b);
}

/* --- The openssl command ------------------------------------------------------------- */

struct process {
    pid_t pid;
    int in, out; /* its input, its output and errors */
    char said[65536];
    size_t len;
};

extern char **environ;

/* start - openssl with arguments, ended by NULL. */
static inline void start(struct process *p, ...)
{
    const char *argv[40] = { "openssl" };
    posix_spawn_file_actions_t actions;
    int in[2], out[2], n = 1;
    va_list args;
    va_start(args, p);
    while (n < 39 && (argv[n] = va_arg(args, const char *)))
        n++;
    va_end(args);
    memset(p, 0, sizeof(*p));
    CHECK_EQ(pipe2(in, O_CLOEXEC), 0);
    CHECK_EQ(pipe2(out, O_CLOEXEC), 0);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    posix_spawn_file_actions_adddup2(&actions, out[1], 2);
    CHECK_EQ(posix_spawnp(&p->pid, "openssl", &actions, NULL, (char **)(uintptr_t)argv, environ),
             0);
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    p->in = in[1];
    p->out = out[0];
}

/* expect - read its output until text is in it; returns where. */
static inline const char *expect(struct process *p, const char *text)
{
    const char *at;
    while (!(at = strstr(p->said, text))) {
        CHECK(p->len + 1 < sizeof(p->said));
        ssize_t r = go_read_until(p->out, p->said + p->len, sizeof(p->said) - 1 - p->len, later());
        if (r <= 0) {
            fprintf(stderr, "openssl never said \"%s\", but:\n%s\n", text, p->said);
            _Exit(1);
        }
        p->len += (size_t)r;
        p->said[p->len] = 0;
    }
    return at;
}

/* forget - expect only what it says from now on. */
static inline void forget(struct process *p)
{
    p->len = 0;
    p->said[0] = 0;
}

/* tell - a line of input.  One that is a command has to be read alone: wait for its effect
 * before the next. */
static inline void tell(struct process *p, const char *line)
{
    CHECK_EQ(go_write(p->in, line, strlen(line)), (ssize_t)strlen(line));
}

/* finish - no more input; wait for its end.  Its exit status. */
static inline int finish(struct process *p)
{
    int status = 0;
    CHECK_EQ(go_close_fd(p->in), 0);
    while (p->len + 1 < sizeof(p->said)) {
        ssize_t r = go_read_until(p->out, p->said + p->len, sizeof(p->said) - 1 - p->len, later());
        if (r <= 0)
            break;
        p->len += (size_t)r;
        p->said[p->len] = 0;
    }
    CHECK_EQ(waitpid(p->pid, &status, 0), p->pid);
    CHECK_EQ(go_close_fd(p->out), 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static inline void stop(struct process *p)
{
    kill(p->pid, SIGTERM);
    (void)finish(p);
}

#endif
