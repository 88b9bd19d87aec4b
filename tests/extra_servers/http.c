/* SPDX-License-Identifier: MIT */
/* The HTTP server: requests in pieces and one behind the other, bodies in chunks, what is
 * wrong, too large or too slow, and how it stops. */
#include "talk.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

/* One answer. */
struct answer {
    int status;
    bool chunked, closes;
    long length; /* of Content-Length; -1: none */
    size_t n;
    char body[1 << 17];
};

static void hear_chunks(int fd, struct answer *a)
{
    char line[128];
    for (;;) {
        CHECK(hear_line(fd, line, sizeof line));
        const size_t n = strtoul(line, NULL, 16);
        for (size_t got = 0; got < n;) {
            const ssize_t r = hear_some(fd, a->body + a->n, n - got);
            CHECK(r > 0 && a->n + (size_t)r < sizeof a->body);
            a->n += (size_t)r;
            got += (size_t)r;
        }
        hear(fd, "\r\n");
        if (n == 0)
            return;
    }
}

/* False: the connection has ended instead.  bare: an answer to HEAD. */
static bool hear_answer(int fd, struct answer *a, bool bare)
{
    char line[256];
    *a = (struct answer){ .length = -1 };
    if (!hear_line(fd, line, sizeof line))
        return false;
    CHECK(sscanf(line, "HTTP/1.1 %d ", &a->status) == 1);
    while (hear_line(fd, line, sizeof line) && strcmp(line, "\r") != 0) {
        if (strcasecmp(line, "Transfer-Encoding: chunked\r") == 0)
            a->chunked = true;
        if (strcasecmp(line, "Connection: close\r") == 0)
            a->closes = true;
        sscanf(line, "Content-Length: %ld", &a->length);
    }
    if (a->chunked && !bare)
        hear_chunks(fd, a);
    while (!bare && a->length > (long)a->n) {
        const ssize_t r = hear_some(fd, a->body + a->n, (size_t)a->length - a->n);
        CHECK(r > 0);
        a->n += (size_t)r;
    }
    a->body[a->n] = '\0';
    return true;
}

static void expect(int fd, int status, const char *body)
{
    static struct answer a;
    CHECK(hear_answer(fd, &a, false));
    CHECK_EQ(a.status, status);
    if (body && strcmp(a.body, body) != 0) {
        fprintf(stderr, "the body is %s instead of %s\n", a.body, body);
        _Exit(1);
    }
}

#define HOST  "Host: x\r\n"
#define GET_  "GET / HTTP/1.1\r\n" HOST "\r\n"
#define HELLO "Hello, world!\n"

static void keeps_alive(int port)
{
    int fd = dial(port);
    say(fd, GET_);
    expect(fd, 200, HELLO);
    say_slowly(fd, "\r\n" GET_); /* an empty line before a request is allowed */
    expect(fd, 200, HELLO);
    say(fd, "GET /?a=b HTTP/1.1\r\n" HOST "\r\nGET /nothing HTTP/1.1\r\n" HOST "\r\n" GET_);
    expect(fd, 200, HELLO);
    expect(fd, 404, "Not Found\n");
    expect(fd, 200, HELLO);
    say(fd, "PUT / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\n12345" GET_);
    expect(fd, 404, NULL); /* its body is skipped */
    expect(fd, 200, HELLO);
    say(fd, "GET / HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
    expect(fd, 200, HELLO);
    hear_end(fd);

    fd = dial(port);
    say(fd, "GET / HTTP/1.1\r\n" HOST "Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n" GET_);
    expect(fd, 200, HELLO); /* what we know nothing of may be ignored */
    expect(fd, 200, HELLO);
    close(fd);
}

static void old_version(int port)
{
    static struct answer a;
    int fd = dial(port);
    say(fd, "GET / HTTP/1.0\r\n\r\n");
    expect(fd, 200, HELLO);
    hear_end(fd);
    fd = dial(port);
    say(fd, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    expect(fd, 200, HELLO);
    say(fd, "GET /count?n=3 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    CHECK(hear_answer(fd, &a, false)); /* it knows no chunks: the end is the end */
    CHECK(a.status == 200 && !a.chunked && a.length < 0);
    hear(fd, "1\n2\n3\n");
    hear_end(fd);
}

static void head(int port)
{
    static struct answer a;
    int fd = dial(port);
    say(fd, "HEAD / HTTP/1.1\r\n" HOST "\r\nHEAD /count HTTP/1.1\r\n" HOST "\r\n" GET_);
    CHECK(hear_answer(fd, &a, true));
    CHECK(a.status == 200 && a.length == (long)strlen(HELLO));
    CHECK(hear_answer(fd, &a, true));
    CHECK(a.status == 200 && a.chunked);
    expect(fd, 200, HELLO);
    close(fd);
}

#define POST_CHUNKED "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"
#define POST_OF(n)   "POST /echo HTTP/1.1\r\n" HOST "Content-Length: " #n "\r\n\r\n"

static void bodies(int port)
{
    int fd = dial(port);
    say(fd, POST_OF(5) "hello" POST_OF(0));
    expect(fd, 200, "hello");
    expect(fd, 200, "");
    say_slowly(fd, POST_CHUNKED "5\r\nhello\r\n2;x=\"y\"\r\n, \r\n00b\r\nchunk\r\nend!\r\n"
                                "0\r\nTrailer: ignored\r\n\r\n");
    expect(fd, 200, "hello, chunk\r\nend!");
    say(fd, POST_CHUNKED "1\r\na\r\n0\r\n\r\n" POST_CHUNKED "1\r\nb\r\n0\r\n\r\n" GET_);
    expect(fd, 200, "a");
    expect(fd, 200, "b");
    expect(fd, 200, HELLO);

    /* The answer begins while the request is still on its way. */
    char line[64];
    say(fd, POST_CHUNKED "5\r\nfirst\r\n");
    say(fd, "6\r\nsecond\r\n");
    do
        CHECK(hear_line(fd, line, sizeof line));
    while (strcmp(line, "\r") != 0);
    CHECK(hear_line(fd, line, sizeof line));
    say(fd, "0\r\n\r\n");
    size_t first = strtoul(line, NULL, 16);
    CHECK(first >= 5 && first <= 11);
    hear_bytes(fd, "firstsecond", first);
    hear(fd, first == 5 ? "\r\n6\r\nsecond\r\n0\r\n\r\n" : "\r\n0\r\n\r\n");
    close(fd);
}

static void large_bodies(int port)
{
    enum { LARGE = 100000 };
    static struct answer a;
    static char data[LARGE];
    int fd = dial(port);
    for (int i = 0; i < LARGE; i++)
        data[i] = (char)('a' + i % 23);
    if (fork() == 0) {
        say(fd, POST_OF(100000));
        say_bytes(fd, data, LARGE);
        say(fd, POST_CHUNKED);
        for (int i = 0; i < LARGE; i += 1000) {
            say(fd, "3e8\r\n");
            say_bytes(fd, data + i, 1000);
            say(fd, "\r\n");
        }
        say(fd, "0\r\n\r\n");
        _exit(0);
    }
    for (int i = 0; i < 2; i++) {
        CHECK(hear_answer(fd, &a, false));
        CHECK(a.status == 200 && a.n == LARGE && memcmp(a.body, data, LARGE) == 0);
    }
    close(fd);
}

static void continues(int port)
{
    int fd = dial(port);
    say(fd, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    hear(fd, "HTTP/1.1 100 Continue\r\n\r\n");
    say(fd, "body");
    expect(fd, 200, "body");
    /* Refused before the body is sent: then it never is, and the connection is of no use. */
    say(fd, "POST /nothing HTTP/1.1\r\n" HOST "Content-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    expect(fd, 404, NULL);
    no_more(fd);
    hear_end(fd);
    fd = dial(port);
    say(fd,
        "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 9999999\r\nExpect: 100-continue\r\n\r\n");
    expect(fd, 413, NULL);
    no_more(fd);
    hear_end(fd);
    fd = dial(port);
    say(fd, "GET / HTTP/1.1\r\n" HOST "Expect: miracles\r\n\r\n");
    expect(fd, 417, NULL);
    hear_gone(fd);
}

static void refused(int port, int status, const char *request)
{
    int fd = dial(port);
    say(fd, request);
    expect(fd, status, NULL);
    no_more(fd);
    hear_gone(fd);
}

static void wrong(int port)
{
    refused(port, 400, "nonsense\r\n\r\n");
    refused(port, 400, "GET / HTTP/1.1\r\n\r\n"); /* without a host */
    refused(port, 400, "GET / HTTP/1.1\r\n" HOST "host: y\r\n\r\n");
    refused(port, 501,
            "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
    refused(port, 400, "GET / HTTP/1.1\r\n" HOST "no colon\r\n\r\n");
    refused(port, 400, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 5x\r\n\r\n12345");
    refused(port, 400,
            "POST /echo HTTP/1.1\r\n" HOST
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    refused(port, 400, POST_CHUNKED "zz\r\n");
    refused(port, 505, "GET / HTTP/9.9\r\n" HOST "\r\n");
    refused(port, 501, "CONNECT x:1 HTTP/1.1\r\n" HOST "\r\n");
    refused(port, 200, GET_ "nonsense\r\n\r\n"); /* what came before is answered */
}

static void too_large(int port)
{
    enum { LARGE = 12000 };
    static char request[LARGE + 100];
    memset(request, 'x', LARGE);
    memcpy(request, "GET /", 5);
    refused(port, 431, request);
    memcpy(request, "GET / HTTP/1.1\r\nA: ", 19);
    refused(port, 431, request);
    strcpy(request, "GET / HTTP/1.1\r\n" HOST);
    for (int i = 0; i < 100; i++)
        strcat(request, "A: b\r\n");
    refused(port, 431, strcat(request, "\r\n"));
    refused(port, 413, POST_OF(1048577));

    /* In chunks, it shows late: the answer, which has begun, breaks off. */
    static char piece[1 << 16];
    int fd = dial(port);
    memset(piece, 'y', sizeof piece);
    if (fork() == 0) {
        signal(SIGPIPE, SIG_IGN);
        say(fd, POST_CHUNKED);
        for (int i = 0; i < 17; i++) {
            say(fd, "10000\r\n");
            say_bytes(fd, piece, sizeof piece);
            say(fd, "\r\n");
        }
        _exit(0);
    }
    static char heard[1 << 21];
    size_t n = 0;
    ssize_t r;
    while ((r = hear_some(fd, heard + n, sizeof heard - 1 - n)) > 0)
        n += (size_t)r;
    CHECK(!strstr(heard, "\r\n0\r\n\r\n"));
    close(fd);
}

/* With 300 ms for everything. */
static void too_slow(const char *program)
{
    struct server s = server_start(program, "300", NULL);
    int idle = dial(s.port), used = dial(s.port), header = dial(s.port), body = dial(s.port);
    say(header, "GET / HTTP/1.1\r\nHo");
    say(body, POST_OF(5));
    say(used, GET_);
    expect(used, 200, HELLO);
    hear_end(used); /* without a word */
    hear_end(idle);
    expect(header, 408, NULL);
    no_more(header);
    hear_end(header);
    expect(body, 408, NULL);
    no_more(body);
    hear_end(body);
    /* One that never reads its answer is cut off, too. */
    int deaf = dial_small(s.port);
    say(deaf, "GET /count?n=99999999 HTTP/1.1\r\n" HOST "\r\n");
    struct pollfd p = { .fd = deaf, .events = 0 };
    CHECK(poll(&p, 1, PATIENCE_MS) == 1);
    close(deaf);
    server_stop(s);
}

/* Who waits is let go at once, who is served is answered. */
static void stops(const char *program)
{
    struct server s = server_start(program, NULL);
    int idle = dial(s.port), busy = dial(s.port), fresh = dial(s.port);
    say(idle, GET_);
    expect(idle, 200, HELLO);
    say(busy, "GET /sleep?ms=300 HTTP/1.1\r\n" HOST "\r\n" GET_);
    say(fresh, GET_); /* of the connections before, all have been accepted */
    expect(fresh, 200, HELLO);
    kill(s.pid, SIGTERM);
    hear_end(idle);
    hear_end(fresh);
    static struct answer a;
    CHECK(hear_answer(busy, &a, false));
    CHECK(a.status == 200 && strcmp(a.body, "Good morning\n") == 0);
    if (!a.closes) /* it was begun before the signal */
        expect(busy, 200, HELLO);
    no_more(busy);
    hear_gone(busy);
    server_wait(s);
}

/* A client that asks all the time.  An answer that has begun is complete; a request that
 * crosses the end of an idle connection may be lost, as HTTP has it. */
static _Noreturn void ask_until_stopped(int fd)
{
    static struct answer a;
    for (;;) {
        if (!try_say(fd, GET_) || !is_answered(fd) || !hear_answer(fd, &a, false))
            _exit(0);
        CHECK(a.status == 200 && strcmp(a.body, HELLO) == 0);
        if (a.closes)
            _exit(0);
    }
}

static void stops_under_load(const char *program)
{
    struct server s = server_start(program, NULL);
    const int clients = test_scale(16, 4);
    for (int i = 0; i < clients; i++)
        if (fork() == 0)
            ask_until_stopped(dial(s.port));
    int fd = dial(s.port);
    for (int i = 0; i < 200; i++) {
        say(fd, GET_);
        expect(fd, 200, HELLO);
    }
    kill(s.pid, SIGTERM);
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, 0)) > 0;) {
        CHECK(WIFEXITED(status));
        CHECK_EQ(WEXITSTATUS(status), 0);
    }
}

int main(int argc, char **argv)
{
    CHECK(argc == 2);
    struct server s = server_start(argv[1], NULL);
    keeps_alive(s.port);
    old_version(s.port);
    head(s.port);
    bodies(s.port);
    large_bodies(s.port);
    continues(s.port);
    wrong(s.port);
    too_large(s.port);
    server_stop(s);
    too_slow(argv[1]);
    stops(argv[1]);
    while (waitpid(-1, NULL, WNOHANG) > 0)
        ;
    stops_under_load(argv[1]);
    return 0;
}
