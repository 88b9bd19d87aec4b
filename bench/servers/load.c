/* SPDX-License-Identifier: MIT */
/* load - a closed loop on many connections: each sends a request, waits for the whole
 * answer, sends the next.
 *
 *   load [-c CONNECTIONS] [-d SECONDS] [-w WARMUP] [-p PID] [-i] [-s SIZE | -r REQUEST] ADDRESS
 *
 *   -s  the request is SIZE bytes that have to come back (64)
 *   -r  the request is this text, with \r \n \\; the answer must be as long as the first
 *       one was, and begin as it did
 *   -p  the server: its CPU time and memory are reported
 *   -i  one request on each connection, then none: how much memory an idle one takes
 *
 * Prints NAME=VALUE pairs.  Any wrong or missing answer ends it with status 1. */
#include "load.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { ANSWER_MAX = 1 << 16, HEAD = 12, BATCH = 1024 };

struct conn {
    int fd;
    uint32_t got;
    int64_t sent_at;
};

struct load {
    int connections;
    double seconds, warmup;
    bool idle;
    struct sockaddr_in address;
    char *request;
    size_t request_len;
    char *answer; /* what each has to be like; echo: all of it, else its head */
    size_t answer_len, compared;
    struct window window;
    struct conn *conn;
    int epoll;
    bool counting;
    struct hist hist;
    char buffer[ANSWER_MAX];
};

static void send_request(struct load *l, struct conn *c)
{
    c->got = 0;
    c->sent_at = now_ns();
    if (send(c->fd, l->request, l->request_len, MSG_NOSIGNAL) != (ssize_t)l->request_len)
        die("send");
}

static void check_piece(struct load *l, struct conn *c, const char *piece, size_t n)
{
    errno = 0;
    if (c->got + n > l->answer_len)
        die("an answer of more than %zu bytes", l->answer_len);
    if (c->got >= l->compared)
        return;
    const size_t look = c->got + n < l->compared ? n : l->compared - c->got;
    if (memcmp(piece, l->answer + c->got, look) != 0)
        die("a wrong answer: %.*s", (int)(n < 60 ? n : 60), piece);
}

/* True once the answer is complete. */
static bool take_answer(struct load *l, struct conn *c)
{
    const ssize_t n = recv(c->fd, l->buffer, sizeof l->buffer, 0);
    if (n < 0 && errno == EAGAIN)
        return false;
    if (n <= 0)
        die(n ? "recv" : "the server closed a connection");
    check_piece(l, c, l->buffer, (size_t)n);
    c->got += (uint32_t)n;
    return c->got == l->answer_len;
}

/* The first answer tells what the others have to be like: it is over when nothing more
 * comes for a while. */
static void learn_answer(struct load *l)
{
    struct conn c = { .fd = connect_to(&l->address) };
    send_request(l, &c);
    l->answer = malloc(ANSWER_MAX);
    struct pollfd p = { .fd = c.fd, .events = POLLIN };
    while (poll(&p, 1, l->answer_len ? 200 : 5000) > 0) {
        const ssize_t n = recv(c.fd, l->answer + l->answer_len, ANSWER_MAX - l->answer_len, 0);
        if (n <= 0)
            die("no answer to learn from");
        l->answer_len += (size_t)n;
    }
    errno = 0;
    if (!l->answer_len)
        die("no answer to the first request");
    l->compared = l->answer_len < HEAD ? l->answer_len : HEAD;
    close(c.fd);
}

static void connect_all(struct load *l)
{
    l->conn = calloc((size_t)l->connections, sizeof *l->conn);
    l->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (!l->conn || l->epoll < 0)
        die("memory");
    for (int i = 0; i < l->connections; i++) {
        struct conn *c = &l->conn[i];
        c->fd = connect_to(&l->address);
        set_nonblocking(c->fd);
        struct epoll_event e = { .events = EPOLLIN, .data.ptr = c };
        if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, c->fd, &e) != 0)
            die("epoll_ctl");
    }
}

/* One round of epoll_wait; what is complete is counted, and asked again if more is wanted.
 * Returns how many answers were complete. */
static int round_of_answers(struct load *l, bool more)
{
    static struct epoll_event events[BATCH];
    const int n = epoll_wait(l->epoll, events, BATCH, 10000);
    int complete = 0;
    errno = n ? errno : 0;
    if (n <= 0)
        die("no answer for ten seconds");
    for (int i = 0; i < n; i++) {
        struct conn *c = events[i].data.ptr;
        if (!take_answer(l, c))
            continue;
        complete++;
        if (l->counting)
            hist_add(&l->hist, (uint64_t)(now_ns() - c->sent_at));
        if (more)
            send_request(l, c);
    }
    return complete;
}

static void loop_until(struct load *l, int64_t end)
{
    while (now_ns() < end)
        round_of_answers(l, true);
}

static void run_closed_loop(struct load *l)
{
    for (int i = 0; i < l->connections; i++)
        send_request(l, &l->conn[i]);
    loop_until(l, now_ns() + (int64_t)(l->warmup * 1e9));
    l->counting = true;
    window_open(&l->window);
    loop_until(l, l->window.began + (int64_t)(l->seconds * 1e9));
    window_close(&l->window);
    window_print(&l->window, &l->hist, l->connections);
}

/* A few at a time, as connections come in life. */
static void run_idle(struct load *l)
{
    const long before = server_memory(l->window.server);
    connect_all(l);
    for (int i = 0; i < l->connections;) {
        int asked = 0;
        for (; asked < 16 && i < l->connections; asked++)
            send_request(l, &l->conn[i++]);
        while (asked > 0)
            asked -= round_of_answers(l, false);
    }
    idle_print(&l->window, before, l->connections, l->warmup, l->seconds);
}

static void set_request(struct load *l, const char *text)
{
    char *out = l->request = malloc(strlen(text) + 1);
    for (; *text; text++) {
        if (*text != '\\' || !text[1])
            *out++ = *text;
        else
            *out++ = *++text == 'r' ? '\r' : *text == 'n' ? '\n' : *text;
    }
    l->request_len = (size_t)(out - l->request);
}

static void set_pattern(struct load *l, size_t size)
{
    errno = 0;
    if (!size || size > ANSWER_MAX)
        die("a size from 1 to %d", ANSWER_MAX);
    l->request = l->answer = malloc(size);
    l->request_len = l->answer_len = l->compared = size;
    for (size_t i = 0; i < size; i++)
        l->request[i] = (char)('a' + i * 7 % 26);
}

int main(int argc, char **argv)
{
    static struct load l = { .connections = 1, .seconds = 2, .warmup = 0.5 };
    size_t size = 64;
    int option;
    while ((option = getopt(argc, argv, "c:d:w:p:s:r:i")) != -1) {
        switch (option) {
        case 'c':
            l.connections = atoi(optarg);
            break;
        case 'd':
            l.seconds = atof(optarg);
            break;
        case 'w':
            l.warmup = atof(optarg);
            break;
        case 'p':
            l.window.server.pid = atoi(optarg);
            break;
        case 's':
            size = (size_t)atol(optarg);
            break;
        case 'r':
            set_request(&l, optarg);
            break;
        case 'i':
            l.idle = true;
            break;
        default:
            return 2;
        }
    }
    if (optind + 1 != argc || l.connections < 1) {
        fprintf(stderr,
                "usage: %s [-c N] [-d S] [-w S] [-p PID] [-i] [-s SIZE | -r REQUEST] "
                "HOST:PORT\n",
                argv[0]);
        return 2;
    }
    raise_descriptor_limit(l.connections + 16);
    parse_address(argv[optind], &l.address);
    if (l.request)
        learn_answer(&l);
    else
        set_pattern(&l, size);
    if (l.idle) {
        run_idle(&l);
        return 0;
    }
    connect_all(&l);
    run_closed_loop(&l);
    return 0;
}
