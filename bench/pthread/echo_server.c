/* SPDX-License-Identifier: MIT */
/* A server that sends back what it gets: a thread for each connection. */
#include "server.h"

static void *echo(void *arg)
{
    int fd = (int)(intptr_t)arg;
    char buf[4096];
    ssize_t n;
    while ((n = recv(fd, buf, sizeof buf, 0)) > 0)
        if (!server_send(fd, buf, (size_t)n))
            break;
    close(fd);
    return NULL;
}

int main(int argc, char **argv)
{
    return server_run(argc, argv, echo);
}
