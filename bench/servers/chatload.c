/* SPDX-License-Identifier: MIT */
/* chatload - rooms in which one member after the other says something, each as soon as all
 * have heard what was said before.
 *
 *   chatload [-c CONNECTIONS] [-m MEMBERS] [-d SECONDS] [-w WARMUP] [-p PID] [-i] ADDRESS
 *
 * A request is one line heard by one member; its latency is from when it was said.  Options
 * and output are those of load. */
#include "load.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { BATCH = 1024 };

struct room {
    int64_t said_at;
    int first, members, speaker, heard;
};

struct member {
    int fd, room;
    bool in_line, notice; /* a line that begins with * is no message */
};

struct load {
    int connections, members, rooms;
    double seconds, warmup;
    bool idle, counting;
    struct sockaddr_in address;
    struct window window;
    struct member *member;
    struct room *room;
    int epoll;
    struct hist hist;
};

static void say(struct load *l, struct room *r)
{
    static const char line[] = "the quick brown fox jumps over the lazy dog, and so on\n";
    r->heard = 0;
    r->said_at = now_ns();
    if (send(l->member[r->first + r->speaker].fd, line, sizeof line - 1, MSG_NOSIGNAL) !=
        sizeof line - 1)
        die("send");
}

/* How many messages end in these bytes. */
static int messages_in(struct member *m, const char *at, ssize_t n)
{
    int messages = 0;
    for (ssize_t i = 0; i < n; i++) {
        if (!m->in_line) {
            m->in_line = true;
            m->notice = at[i] == '*';
        }
        if (at[i] == '\n') {
            m->in_line = false;
            messages += !m->notice;
        }
    }
    return messages;
}

static void hear(struct load *l, struct member *m)
{
    static char buffer[1 << 16];
    struct room *r = &l->room[m->room];
    const ssize_t n = recv(m->fd, buffer, sizeof buffer, 0);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0)
        die(n ? "recv" : "the server closed a connection");
    for (int heard = messages_in(m, buffer, n); heard > 0; heard--) {
        if (l->counting)
            hist_add(&l->hist, (uint64_t)(now_ns() - r->said_at));
        errno = 0;
        if (++r->heard > r->members)
            die("a line was heard twice");
    }
    if (r->heard == r->members) {
        r->speaker = (r->speaker + 1) % r->members;
        say(l, r);
    }
}

/* Until the client itself hears that it has joined. */
static void join(int fd, int room)
{
    char text[64], heard[4096] = "";
    size_t len = 0;
    const int n = snprintf(text, sizeof text, "/join room%d\n", room);
    if (send(fd, text, (size_t)n, MSG_NOSIGNAL) != n)
        die("send");
    snprintf(text, sizeof text, " joined room%d\n", room);
    while (!strstr(heard, text)) {
        const ssize_t got = recv(fd, heard + len, sizeof heard - 1 - len, 0);
        errno = got ? errno : 0;
        if (got <= 0)
            die("the server does not let us into a room");
        len += (size_t)got;
        heard[len] = '\0';
    }
}

static void join_all(struct load *l)
{
    l->rooms = (l->connections + l->members - 1) / l->members;
    l->member = calloc((size_t)l->connections, sizeof *l->member);
    l->room = calloc((size_t)l->rooms, sizeof *l->room);
    l->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (!l->member || !l->room || l->epoll < 0)
        die("memory");
    for (int i = 0; i < l->connections; i++) {
        struct member *m = &l->member[i];
        m->room = i / l->members;
        l->room[m->room].first = m->room * l->members;
        l->room[m->room].members++;
        m->fd = connect_to(&l->address);
        join(m->fd, m->room);
        set_nonblocking(m->fd);
        struct epoll_event e = { .events = EPOLLIN, .data.ptr = m };
        if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, m->fd, &e) != 0)
            die("epoll_ctl");
    }
}

static void loop_until(struct load *l, int64_t end)
{
    static struct epoll_event events[BATCH];
    while (now_ns() < end) {
        const int n = epoll_wait(l->epoll, events, BATCH, 10000);
        errno = n ? errno : 0;
        if (n <= 0)
            die("nothing was heard for ten seconds");
        for (int i = 0; i < n; i++)
            hear(l, events[i].data.ptr);
    }
}

static void run(struct load *l)
{
    for (int i = 0; i < l->rooms; i++)
        say(l, &l->room[i]);
    loop_until(l, now_ns() + (int64_t)(l->warmup * 1e9));
    l->counting = true;
    window_open(&l->window);
    loop_until(l, l->window.began + (int64_t)(l->seconds * 1e9));
    window_close(&l->window);
    window_print(&l->window, &l->hist, l->connections);
}

int main(int argc, char **argv)
{
    static struct load l = { .connections = 1, .members = 10, .seconds = 2, .warmup = 0.5 };
    int option;
    while ((option = getopt(argc, argv, "c:m:d:w:p:i")) != -1) {
        switch (option) {
        case 'c':
            l.connections = atoi(optarg);
            break;
        case 'm':
            l.members = atoi(optarg);
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
        case 'i':
            l.idle = true;
            break;
        default:
            return 2;
        }
    }
    if (optind + 1 != argc || l.connections < 1 || l.members < 1) {
        fprintf(stderr, "usage: %s [-c N] [-m N] [-d S] [-w S] [-p PID] [-i] HOST:PORT\n", argv[0]);
        return 2;
    }
    raise_descriptor_limit(l.connections + 16);
    parse_address(argv[optind], &l.address);
    const long before = server_memory(l.window.server);
    join_all(&l);
    if (l.idle)
        idle_print(&l.window, before, l.connections, l.warmup, l.seconds);
    else
        run(&l);
    return 0;
}
