/* SPDX-License-Identifier: MIT */
/* A name server of one's own on 127.0.0.1:53, in a network of one's own (own_machine): it
 * keeps silent until it is told what to say.
 *
 * Names that begin with "yes" have 127.0.0.1 and ::1, "four" 127.0.0.1 alone; "fail" the
 * server fails on; nothing else exists. */
#ifndef TESTS_DIAL_NAME_SERVER_H
#define TESTS_DIAL_NAME_SERVER_H

#include "dial_support.h"

#include <pthread.h>

enum { QUERY_SIZE = 512, QUERIES_MAX = 2048 };

struct query {
    unsigned char data[QUERY_SIZE];
    ssize_t len;
    struct sockaddr_in from;
};

static struct name_server {
    pthread_mutex_t lock;
    int socket;
    bool answers;                   /* lock */
    int kept_n;                     /* lock */
    struct query kept[QUERIES_MAX]; /* lock */
    char seen[QUERIES_MAX][32];     /* lock: first labels */
    int seen_n;                     /* lock */
} name_server = { .lock = PTHREAD_MUTEX_INITIALIZER };

enum { HEADER = 12, TYPE_A = 1, TYPE_AAAA = 28, NOT_FOUND = 3, SERVER_FAILS = 2 };

static inline void answer_query(struct query *q)
{
    static const unsigned char four[4] = { 127, 0, 0, 1 }, six[16] = { [15] = 1 };
    ssize_t end = HEADER;
    while (end < q->len && q->data[end])
        end += q->data[end] + 1;
    end += 5; /* the root, type and class */
    if (end > q->len || q->len < HEADER)
        return;
    const char *name = (const char *)q->data + HEADER + 1;
    const int type = q->data[end - 3];
    bool yes = strncmp(name, "yes", 3) == 0, is_four = strncmp(name, "four", 4) == 0;
    bool has = type == TYPE_A ? yes || is_four : type == TYPE_AAAA && yes;
    int code = strncmp(name, "fail", 4) == 0 ? SERVER_FAILS : yes || is_four ? 0 : NOT_FOUND;
    q->data[2] |= 0x84; /* an answer, of authority */
    q->data[3] = (unsigned char)(0x80 | code);
    memset(q->data + 6, 0, 6);
    q->data[7] = has;
    if (has) {
        const bool a = type == TYPE_A;
        const unsigned char head[] = { 0xc0, HEADER, 0, (unsigned char)type, 0, 1, 0, 0,
                                       0,    60,     0, a ? 4 : 16 };
        memcpy(q->data + end, head, sizeof head);
        end += sizeof head;
        memcpy(q->data + end, a ? four : six, a ? 4 : 16);
        end += a ? 4 : 16;
    }
    (void)!sendto(name_server.socket, q->data, (size_t)end, 0, (struct sockaddr *)&q->from,
                  sizeof q->from);
}

/* Once for each name. */
static inline void note_name(const struct query *q)
{
    struct name_server *s = &name_server;
    char label[32] = "";
    size_t n = q->data[HEADER] < 31 ? q->data[HEADER] : 31;
    memcpy(label, q->data + HEADER + 1, n);
    for (int i = 0; i < s->seen_n; i++)
        if (strcmp(s->seen[i], label) == 0)
            return;
    CHECK(s->seen_n < QUERIES_MAX);
    strcpy(s->seen[s->seen_n++], label);
}

static inline void *name_server_run(void *arg)
{
    struct name_server *s = arg;
    for (;;) {
        struct query q;
        socklen_t len = sizeof q.from;
        q.len = recvfrom(s->socket, q.data, QUERY_SIZE / 2, 0, (struct sockaddr *)&q.from, &len);
        if (q.len < HEADER)
            continue;
        pthread_mutex_lock(&s->lock);
        note_name(&q);
        if (s->answers)
            answer_query(&q);
        else if (s->kept_n < QUERIES_MAX)
            s->kept[s->kept_n++] = q;
        pthread_mutex_unlock(&s->lock);
    }
    return NULL;
}

/* names_seen - how many different names have been asked for. */
static inline int names_seen(void)
{
    pthread_mutex_lock(&name_server.lock);
    int n = name_server.seen_n;
    pthread_mutex_unlock(&name_server.lock);
    return n;
}

/* name_server_answers - from now on, and to all who have asked. */
static inline void name_server_answers(bool on)
{
    struct name_server *s = &name_server;
    pthread_mutex_lock(&s->lock);
    s->answers = on;
    for (int i = 0; on && i < s->kept_n; i++)
        answer_query(&s->kept[i]);
    s->kept_n = 0;
    pthread_mutex_unlock(&s->lock);
}

/* name_server_start - after own_machine, before any thread of the library. */
static inline void name_server_start(const char *hosts)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(53) };
    pthread_t t;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    file_write("/etc/nsswitch.conf", "hosts: files dns\nservices: files\n");
    file_write("/etc/resolv.conf", "nameserver 127.0.0.1\noptions timeout:30 attempts:1\n");
    file_write("/etc/host.conf", "multi on\n");
    file_write("/etc/hosts", hosts);
    file_write("/etc/services", "zebra-test 2600/tcp\nzebra-test 2601/udp\n");
    name_server.socket = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    CHECK(name_server.socket >= 0);
    static const int room = 4 << 20; /* what is lost is not asked again in time */
    CHECK_EQ(setsockopt(name_server.socket, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room), 0);
    CHECK_EQ(bind(name_server.socket, (struct sockaddr *)&a, sizeof a), 0);
    CHECK_EQ(pthread_create(&t, NULL, name_server_run, &name_server), 0);
    CHECK_EQ(pthread_detach(t), 0);
}

#endif
