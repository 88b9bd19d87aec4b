/* SPDX-License-Identifier: MIT */
/* Messages of the handshake's kind after the handshake.  One that has come in part stops a
 * write until the rest is there: the reader that waits anyway reads it, or the writer itself,
 * who may meet data that a later read wants.  Answers that a reader owes (to one who asks for
 * new handshakes) go out as the peer fetches them; they do not pile up without bound. */
#include "peer.h"

#include <openssl/err.h>
#include <sys/ioctl.h>

static const go_tls_config *client_config;

static void client(int fd, go_tls **t, go_waitgroup *done)
{
    CHECK_OK(go_tls_client(t, fd, "localhost", client_config, later()));
    go_waitgroup_done(done);
}

static go_tls *meet_by(struct peer *p, int version, int buf)
{
    go_tls *t = NULL;
    go_waitgroup done = { 0 };
    int c, s;
    connected(&c, &s, buf);
    peer_init(p, s, version);
    go_waitgroup_add(&done, 1);
    go(client, c, &t, &done);
    peer_shake(p);
    go_waitgroup_wait(&done);
    return t;
}

/* A connection whose server has a ticket to send. */
static go_tls *meet(struct peer *p)
{
    go_tls *t = meet_by(p, GO_TLS_1_3, 0);
    CHECK(peer_pending(p) > 2000);
    return t;
}

/* Everything that has been sent to t has been taken from its socket. */
static void taken(go_tls *t)
{
    int n = 1;
    while (n) {
        go_yield();
        CHECK_EQ(ioctl(go_tls_fd(t), FIONREAD, &n), 0);
    }
    go_sleep(GO_MILLISECOND / 4); /* and perhaps waits by now */
}

struct result {
    go_tls *t;
    char data[16];
    ssize_t r;
    go_waitgroup done;
};

static void reads(struct result *a)
{
    a->r = go_tls_read_until(a->t, a->data, sizeof(a->data), later());
}

static void writes(struct result *a)
{
    a->r = go_tls_write_until(a->t, "from here", 9, later());
}

static void says_goodbye(struct result *a)
{
    a->r = go_tls_close_write_until(a->t, later());
}

static void from_there(struct peer *p)
{
    CHECK_EQ(SSL_write(p->ssl, "from there", 10), 10);
}

/* The reader has taken half of the ticket and waits for more; a writer comes. */
static void reader_first(void)
{
    struct peer p;
    char buf[9];
    go_tls *t = meet(&p);
    struct result in = { .t = t }, out = { .t = t };
    go_waitgroup_go(&in.done, reads, &in);
    peer_say(&p, 1200);
    taken(t);
    go_waitgroup_go(&out.done, writes, &out);
    go_sleep(GO_MILLISECOND / 4);
    peer_say(&p, SIZE_MAX);
    go_waitgroup_wait(&out.done); /* the reader still waits for data */
    CHECK_EQ(out.r, 9);
    peer_read(&p, buf, 9);
    CHECK_EQ(memcmp(buf, "from here", 9), 0);
    from_there(&p);
    peer_say(&p, SIZE_MAX);
    go_waitgroup_wait(&in.done);
    CHECK_EQ(in.r, 10);
    go_tls_drop(t);
    peer_end(&p);
}

/* A read has been given up, half of the ticket is there: the writer reads the rest, and the
 * data behind it, which a read finds that comes meanwhile, or afterwards. */
static void writer_alone(bool reader_comes)
{
    struct peer p;
    char buf[9];
    go_tls *t = meet(&p);
    struct result in = { .t = t }, out = { .t = t };
    peer_say(&p, 1200);
    CHECK_EQ(go_wait_readable_until(go_tls_fd(t), later()), 0);
    CHECK_EQ(go_tls_read_until(t, buf, 1, 0), -ETIMEDOUT);
    CHECK_EQ(go_tls_write_until(t, "x", 1, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    go_waitgroup_go(&out.done, writes, &out);
    go_sleep(GO_MILLISECOND / 4);
    if (reader_comes)
        go_waitgroup_go(&in.done, reads, &in);
    from_there(&p);
    peer_say(&p, SIZE_MAX);
    go_waitgroup_wait(&out.done);
    CHECK_EQ(out.r, 9);
    if (!reader_comes)
        go_waitgroup_go(&in.done, reads, &in);
    go_waitgroup_wait(&in.done);
    CHECK_EQ(in.r, 10);
    CHECK_EQ(memcmp(in.data, "from there", 10), 0);
    peer_read(&p, buf, 9);
    CHECK_EQ(memcmp(buf, "from here", 9), 0);
    go_tls_drop(t);
    peer_end(&p);
}

static void goodbye_waits_too(void)
{
    struct peer p;
    char buf[1];
    go_tls *t = meet(&p);
    struct result out = { .t = t };
    peer_say(&p, 1200);
    CHECK_EQ(go_wait_readable_until(go_tls_fd(t), later()), 0);
    CHECK_EQ(go_tls_read_until(t, buf, 1, 0), -ETIMEDOUT);
    go_waitgroup_go(&out.done, says_goodbye, &out);
    go_sleep(GO_MILLISECOND / 4);
    peer_say(&p, SIZE_MAX);
    go_waitgroup_wait(&out.done);
    CHECK_EQ(out.r, 0);
    while (SSL_read(p.ssl, buf, 1) <= 0 && !SSL_get_shutdown(p.ssl))
        CHECK(peer_hear(&p) > 0);
    CHECK_EQ(SSL_get_shutdown(p.ssl), SSL_RECEIVED_SHUTDOWN);
    go_tls_drop(t);
    peer_end(&p);
}

static void writes_two_chunks(struct result *a)
{
    char *much = calloc(1, 128 << 10);
    a->r = go_tls_write_until(a->t, much, 128 << 10, go_now() + GO_SECOND / 2);
    free(much);
}

/* Half of a write has gone when the other half has to wait for the rest of a ticket, and is
 * given up: what is written later must not look like the missing half. */
static void given_up_in_between(void)
{
    struct peer p;
    char *much = malloc(64 << 10);
    go_tls *t = meet_by(&p, GO_TLS_1_3, 4096);
    struct result out = { .t = t };
    int left = 0;
    go_waitgroup_go(&out.done, writes_two_chunks, &out);
    while (left == 0) { /* the first half is on its way */
        go_yield();
        CHECK_EQ(ioctl(p.fd, FIONREAD, &left), 0);
    }
    peer_say(&p, 1200);
    CHECK_EQ(go_wait_readable_until(go_tls_fd(t), later()), 0);
    CHECK_EQ(go_tls_read_until(t, much, 1, 0), -ETIMEDOUT);
    peer_read(&p, much, 64 << 10);
    go_waitgroup_wait(&out.done);
    CHECK_EQ(out.r, -ETIMEDOUT);
    peer_say(&p, SIZE_MAX);
    CHECK_EQ(go_tls_write_until(t, "x", 1, later()), -ETIMEDOUT);
    free(much);
    go_tls_drop(t);
    peer_end(&p);
}

/* Closing in the middle of a message. */
static void closed_in_between(void)
{
    struct peer p;
    go_tls *t = meet(&p);
    struct result in = { .t = t }, out = { .t = t };
    go_waitgroup_go(&in.done, reads, &in);
    peer_say(&p, 1200);
    taken(t);
    go_waitgroup_go(&out.done, writes, &out);
    go_sleep(GO_MILLISECOND / 4);
    CHECK_EQ(go_tls_close(t), 0);
    go_waitgroup_wait(&in.done);
    go_waitgroup_wait(&out.done);
    CHECK_EQ(in.r, -EBADF);
    CHECK_EQ(out.r, -EBADF);
    go_tls_drop(t);
    peer_end(&p);
}

/* In TLS 1.2 a server may ask for another handshake.  Each time it is told no, by an alert. */
static void asks(struct peer *p, int n)
{
    for (int i = 0; i < n; i++) {
        CHECK_EQ(SSL_renegotiate(p->ssl), 1);
        CHECK_EQ(SSL_do_handshake(p->ssl), 1);
        peer_say(p, SIZE_MAX);
    }
    from_there(p);
    peer_say(p, SIZE_MAX);
}

/* Bytes of a record with an alert, and of one with a byte of data, by AES-GCM. */
enum { ANSWER = 5 + 8 + 2 + 16, DATA = 5 + 8 + 1 + 16 };

/* Bytes that come to the peer's socket, n and no more. */
static void peer_gets(struct peer *p, size_t n)
{
    char buf[4096];
    for (size_t got = 0; got < n;) {
        ssize_t r = go_read_until(p->fd, buf, sizeof(buf), later());
        CHECK(r > 0);
        got += (size_t)r;
        CHECK(got <= n);
    }
}

/* More answers than the socket takes, and then silence: the reader that waits for data sends
 * the rest as soon as there is room. */
static void answers_follow(void)
{
    struct peer p;
    go_tls *t = meet_by(&p, GO_TLS_1_2, 4096);
    struct result in = { .t = t };
    go_waitgroup asked = { 0 };
    char buf[10];
    int n = 1500;
    go_waitgroup_go(&asked, asks, &p, n);
    read_all(t, buf, 10);
    go_waitgroup_wait(&asked);
    go_waitgroup_go(&in.done, reads, &in);
    peer_gets(&p, (size_t)n * ANSWER);
    from_there(&p);
    peer_say(&p, SIZE_MAX);
    go_waitgroup_wait(&in.done);
    CHECK_EQ(in.r, 10);
    go_tls_drop(t);
    peer_end(&p);
}

static void writes_much(struct result *a)
{
    char *much = calloc(1, 1 << 16);
    a->r = go_tls_write_until(a->t, much, 1 << 16, later());
    free(much);
}

/* An answer that is due while a write is half sent goes behind it. */
static void answer_behind_a_write(void)
{
    struct peer p;
    go_tls *t = meet_by(&p, GO_TLS_1_2, 4096);
    struct result in = { .t = t }, out = { .t = t };
    char *much = malloc(1 << 16);
    int left = 0;
    go_waitgroup_go(&out.done, writes_much, &out);
    while (left == 0) { /* some is on its way, and more than the socket takes */
        go_yield();
        CHECK_EQ(ioctl(p.fd, FIONREAD, &left), 0);
    }
    go_waitgroup_go(&in.done, reads, &in);
    asks(&p, 1);
    go_waitgroup_wait(&in.done); /* the reader was not held up */
    CHECK_EQ(in.r, 10);
    peer_read(&p, much, 1 << 16);
    go_waitgroup_wait(&out.done);
    CHECK_EQ(out.r, 1 << 16);
    while (SSL_read(p.ssl, much, 1) < 0 && ERR_peek_error() == 0)
        CHECK(peer_hear(&p) > 0);
    CHECK_EQ(ERR_GET_REASON(ERR_get_error()), SSL_R_NO_RENEGOTIATION);
    free(much);
    go_tls_drop(t);
    peer_end(&p);
}

/* A peer that asks for ever and fetches nothing: at some point it is not read any more. */
static void answers_are_bounded(void)
{
    static const char owed[] = "read: the peer does not fetch what it is owed";
    struct peer p;
    char buf[16];
    go_tls *t = meet_by(&p, GO_TLS_1_2, 4096);
    int n = 6000;
    go_waitgroup asked = { 0 }, fetched = { 0 };
    go_waitgroup_go(&asked, asks, &p, n);
    do
        CHECK_EQ(go_tls_read_until(t, buf, sizeof(buf), go_now() + GO_MILLISECOND), -ETIMEDOUT);
    while (strncmp(go_tls_error_text(), owed, sizeof(owed) - 1) != 0);
    go_waitgroup_go(&fetched, peer_gets, &p, (size_t)n * ANSWER + DATA);
    CHECK_EQ(go_tls_read_until(t, buf, sizeof(buf), later()), 10);
    go_waitgroup_wait(&asked);
    /* What is owed still is sent before what a writer has to say. */
    CHECK_EQ(go_tls_write_until(t, "x", 1, later()), 1);
    go_waitgroup_wait(&fetched);
    go_tls_drop(t);
    peer_end(&p);
}

int main(void)
{
    client_config = config_for(NULL, NULL);
    for (int i = 0; i < 3; i++) {
        reader_first();
        writer_alone(false);
        writer_alone(true);
        goodbye_waits_too();
        closed_in_between();
    }
    given_up_in_between();
    answers_follow();
    answer_behind_a_write();
    answers_are_bounded();
    go_tls_config_drop(client_config);
}
