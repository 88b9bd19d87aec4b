/* SPDX-License-Identifier: MIT */
/* The proxy passes both directions on, the end of each by itself, and a break of one side to
 * the other; a connection whose upstream is not there is closed. */
#include "talk.h"

#include <string.h>
#include <unistd.h>

static void both_ways(struct server s, int upstream)
{
    int client = dial(s.port), server = accept_on(upstream);
    say(server, "220 ready\r\n"); /* the server may speak first */
    hear(client, "220 ready\r\n");
    say(client, "question");
    hear(server, "question");
    no_more(client);
    hear_nothing_yet(client);
    char c;
    CHECK_EQ(hear_some(server, &c, 1), 0); /* the end came through */
    say(server, "answer after the end");
    hear(client, "answer after the end");
    close(server);
    hear_end(client);
}

static void server_ends_first(struct server s, int upstream)
{
    int client = dial(s.port), server = accept_on(upstream);
    say(server, "enough");
    no_more(server);
    hear(client, "enough");
    char c;
    CHECK_EQ(hear_some(client, &c, 1), 0);
    say(client, "one more thing");
    close(client);
    hear(server, "one more thing");
    hear_end(server);
}

/* A truncated stream must not look complete. */
static void breaks(struct server s, int upstream)
{
    char c;
    int client = dial(s.port), server = accept_on(upstream);
    say(server, "half of");
    hear(client, "half of");
    reset(server);
    CHECK_EQ(hear_some(client, &c, 1), -1);
    close(client);

    client = dial(s.port);
    server = accept_on(upstream);
    say(client, "half of");
    hear(server, "half of");
    reset(client);
    CHECK_EQ(hear_some(server, &c, 1), -1);
    close(server);
}

/* Nobody reads: the proxy stops reading, too, and loses nothing. */
static void slow_reader(struct server s, int upstream)
{
    enum { LARGE = 8 << 20 };
    char *data = malloc(LARGE);
    int client = dial(s.port), server = accept_on(upstream);
    memset(data, 'x', LARGE);
    if (fork() == 0) {
        say_bytes(client, data, LARGE);
        no_more(client);
        _exit(0);
    }
    close(client);
    hear_bytes(server, data, LARGE);
    hear_end(server);
    free(data);
}

int main(int argc, char **argv)
{
    int port, upstream = listen_on(&port);
    char address[32];
    CHECK(argc == 2);
    snprintf(address, sizeof address, "127.0.0.1:%d", port);
    struct server s = server_start(argv[1], address, NULL);
    both_ways(s, upstream);
    server_ends_first(s, upstream);
    breaks(s, upstream);
    slow_reader(s, upstream);
    close(upstream);
    hear_gone(dial(s.port));
    server_stop(s);
    return 0;
}
