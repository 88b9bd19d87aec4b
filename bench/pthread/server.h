/* SPDX-License-Identifier: MIT */
/* What the servers on plain threads share: accepting, until they are killed. */
#ifndef BENCH_PTHREAD_SERVER_H
#define BENCH_PTHREAD_SERVER_H

#include "../servers/plain.h"
#include "threads.h"

static inline void server_pause(void)
{
    sleep(1);
}

/* server_run - handle(descriptor) for each connection, in a thread of its own, which closes
 * the descriptor.  One for which there is no thread is refused. */
static inline int server_run(int argc, char **argv, void *(*handle)(void *))
{
    pthread_attr_t detached;
    pthread_t t;
    threads_init();
    pthread_attr_init(&detached);
    pthread_attr_setstacksize(&detached, STACK_SIZE);
    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    int listener = plain_listen(argc, argv);
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd >= 0) {
            plain_no_delay(fd);
            if (pthread_create(&t, &detached, handle, (void *)(intptr_t)fd) != 0)
                close(fd);
        } else if (!plain_bear(errno, server_pause)) {
            report_fail("accept: %s", strerror(errno));
        }
    }
}

/* server_send - all of it, or false. */
static inline bool server_send(int fd, const void *data, size_t n)
{
    const char *at = data;
    while (n > 0) {
        ssize_t sent = send(fd, at, n, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += sent;
        n -= (size_t)sent;
    }
    return true;
}

#endif
