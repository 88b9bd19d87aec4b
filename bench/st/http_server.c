/* SPDX-License-Identifier: MIT */
/* An HTTP server: a thread of st for each connection. */
#include "../servers/plain_http.h"
#include "server.h"

static const st_utime_t second = 1000000;

static bool send_all(void *stream, const void *data, size_t n)
{
    return st_write(stream, data, n, PLAIN_WRITE_SECONDS * second) == (ssize_t)n;
}

static void *answer(void *arg)
{
    st_netfd_t fd = arg;
    struct plain_http h;
    char buf[4096];
    ssize_t n;
    plain_http_init(&h, send_all, fd);
    while ((n = st_read(fd, buf, sizeof buf, PLAIN_IDLE_SECONDS * second)) > 0)
        if (!plain_http_take(&h, buf, (size_t)n))
            break;
    st_netfd_close(fd);
    return NULL;
}

int main(int argc, char **argv)
{
    return server_run(argc, argv, answer);
}
