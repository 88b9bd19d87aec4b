/* SPDX-License-Identifier: MIT */
/* An HTTP server: a thread for each connection. */
#include "../servers/plain_http.h"
#include "server.h"

static bool send_all(void *stream, const void *data, size_t n)
{
    return server_send((int)(intptr_t)stream, data, n);
}

static void *answer(void *arg)
{
    const struct timeval idle = { .tv_sec = PLAIN_IDLE_SECONDS },
                         write = { .tv_sec = PLAIN_WRITE_SECONDS };
    int fd = (int)(intptr_t)arg;
    struct plain_http h;
    char buf[4096];
    ssize_t n;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &idle, sizeof idle);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &write, sizeof write);
    plain_http_init(&h, send_all, arg);
    while ((n = recv(fd, buf, sizeof buf, 0)) > 0)
        if (!plain_http_take(&h, buf, (size_t)n))
            break;
    close(fd);
    return NULL;
}

int main(int argc, char **argv)
{
    return server_run(argc, argv, answer);
}
