/* SPDX-License-Identifier: MIT */
/* A server that sends back what it gets: a thread of st for each connection. */
#include "server.h"

static void *echo(void *arg)
{
    st_netfd_t fd = arg;
    char buf[4096];
    ssize_t n;
    while ((n = st_read(fd, buf, sizeof buf, ST_UTIME_NO_TIMEOUT)) > 0)
        if (st_write(fd, buf, (size_t)n, ST_UTIME_NO_TIMEOUT) != n)
            break;
    st_netfd_close(fd);
    return NULL;
}

int main(int argc, char **argv)
{
    return server_run(argc, argv, echo);
}
