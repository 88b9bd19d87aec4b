/* SPDX-License-Identifier: MIT */
/* What the servers on st share: accepting, until they are killed. */
#ifndef BENCH_ST_SERVER_H
#define BENCH_ST_SERVER_H

#include "../servers/plain.h"
#include "threads.h"

/* Buffers, a parser and printf; mapped, not touched. */
enum { SERVER_STACK = 64 * 1024 };

static inline void server_pause(void)
{
    st_sleep(1);
}

/* server_run - handle(descriptor) for each connection, in a thread of its own, which closes
 * the descriptor.  One for which there is no thread is refused. */
static inline int server_run(int argc, char **argv, void *(*handle)(void *))
{
    /* select ends at 1024 descriptors; with epoll st may, but need not, have been built. */
    if (st_set_eventsys(ST_EVENTSYS_POLL) != 0)
        report_fail("no poll");
    int fd = plain_listen(argc, argv); /* which raises the limit that st_init reads */
    threads_init();
    st_netfd_t listener = st_netfd_open_socket(fd);
    if (!listener)
        report_fail("st_netfd_open_socket failed");
    for (;;) {
        st_netfd_t c = st_accept(listener, NULL, NULL, ST_UTIME_NO_TIMEOUT);
        if (c) {
            plain_no_delay(st_netfd_fileno(c));
            if (!st_thread_create(handle, c, 0, SERVER_STACK))
                st_netfd_close(c);
        } else if (!plain_bear(errno, server_pause)) {
            report_fail("accept: %s", strerror(errno));
        }
    }
}

#endif
