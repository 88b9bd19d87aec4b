/* SPDX-License-Identifier: MIT */
/* backend - what the proxy under load speaks to: it sends back what it gets.
 *
 *   backend ADDRESS
 *
 * One thread that waits for events; also the least that any server of this kind could
 * use.  Prints "listening on ADDRESS". */
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { BATCH = 512 };

static void watch(int epoll, int fd)
{
    struct epoll_event e = { .events = EPOLLIN, .data.fd = fd };
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e) != 0)
        die("epoll_ctl");
}

static void accept_one(int epoll, int listener)
{
    const int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC), one = 1;
    if (fd < 0)
        return;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    watch(epoll, fd);
}

/* The load never has more than a request under way, which a socket's buffer takes. */
static void answer(int fd)
{
    char buffer[1 << 16];
    const ssize_t n = recv(fd, buffer, sizeof buffer, 0);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0 || send(fd, buffer, (size_t)n, MSG_NOSIGNAL) != n)
        close(fd);
}

int main(int argc, char **argv)
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    parse_address(argc > 1 ? argv[1] : "127.0.0.1:0", &address);
    raise_descriptor_limit(0);
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int epoll = epoll_create1(EPOLL_CLOEXEC);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) != 0 ||
        listen(listener, 4096) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &length) != 0)
        die("listen");
    set_nonblocking(listener);
    watch(epoll, listener);
    printf("listening on %s:%d\n", inet_ntoa(address.sin_addr), ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        static struct epoll_event events[BATCH];
        const int n = epoll_wait(epoll, events, BATCH, -1);
        for (int i = 0; i < n; i++) {
            if (events[i].data.fd == listener)
                accept_one(epoll, listener);
            else
                answer(events[i].data.fd);
        }
    }
}
