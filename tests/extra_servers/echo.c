/* SPDX-License-Identifier: MIT */
/* The echo server sends back what it gets, in order, to each its own, until a client says
 * that no more will come; and ends on SIGTERM while clients are connected. */
#include "talk.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { MANY = 300, LARGE = 3 << 20 };

static void pieces(int port)
{
    int fd = dial(port);
    say(fd, "hello");
    hear(fd, "hello");
    say_slowly(fd, "one byte at a time");
    hear(fd, "one byte at a time");
    say(fd, "the last words");
    no_more(fd);
    hear(fd, "the last words");
    hear_end(fd);
}

/* More than the sockets' buffers hold: the server has to wait until we read. */
static void large(int port)
{
    char *data = malloc(LARGE);
    for (int i = 0; i < LARGE; i++)
        data[i] = (char)(i * 7 + i / 1000);
    int fd = dial(port);
    if (fork() == 0) {
        say_bytes(fd, data, LARGE);
        no_more(fd);
        _exit(0);
    }
    hear_bytes(fd, data, LARGE);
    hear_end(fd);
    free(data);
}

static void many(int port)
{
    static int fd[MANY];
    char text[32];
    for (int i = 0; i < MANY; i++)
        fd[i] = dial(port);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < MANY; i++) {
            snprintf(text, sizeof text, "%d of round %d", i, round);
            say(fd[i], text);
        }
        for (int i = 0; i < MANY; i++) {
            snprintf(text, sizeof text, "%d of round %d", i, round);
            hear(fd[i], text);
        }
    }
    for (int i = 0; i < MANY; i++) {
        if (i % 2)
            reset(fd[i]);
        else
            close(fd[i]);
    }
}

/* Clients beyond what the server may open wait for those before, and then have their turn. */
static void too_many(const char *program)
{
    enum { CLIENTS = 60, LIMIT = 40 };
    struct server s = server_start(program, NULL);
    const struct rlimit limit = { LIMIT, LIMIT };
    int fd[CLIENTS];
    CHECK(prlimit(s.pid, RLIMIT_NOFILE, &limit, NULL) == 0);
    for (int i = 0; i < CLIENTS; i++) {
        fd[i] = dial(s.port);
        say(fd[i], "my turn");
    }
    for (int i = 0; i < CLIENTS; i++) {
        hear(fd[i], "my turn"); /* those before are gone */
        close(fd[i]);
    }
    server_stop(s);
}

int main(int argc, char **argv)
{
    CHECK(argc == 2);
    struct server s = server_start(argv[1], NULL);
    pieces(s.port);
    large(s.port);
    many(s.port);
    int waiting = dial(s.port);
    say(waiting, "x");
    hear(waiting, "x");
    server_stop(s);
    hear_end(waiting);
    too_many(argv[1]);
    return 0;
}
