/* SPDX-License-Identifier: MIT */
/* Every request carries the channel for its answer. */
#include <goroutine.h>
#include <stdio.h>

enum { SERVERS = 3, CLIENTS = 10 };

struct request {
    int a, b;
    go_chan(int) reply;
};

static void server(go_chan(struct request) requests)
{
    go_range (r, requests)
        go_send(r.reply, r.a * r.a + r.b * r.b);
}

static int ask(go_chan(struct request) requests, int a, int b)
{
    struct request r = { a, b, go_make(int, 0) };
    int answer;
    go_send(requests, r);
    go_recv(r.reply, &answer);
    go_drop(r.reply);
    return answer;
}

static void client(go_chan(struct request) requests, int i, int *answer)
{
    *answer = ask(requests, i, i + 1);
}

int main(void)
{
    go_chan(struct request) requests = go_make(struct request, 0);
    go_waitgroup servers = { 0 }, clients = { 0 };
    int answers[CLIENTS];
    for (int i = 0; i < SERVERS; i++)
        go_waitgroup_go(&servers, server, requests);
    for (int i = 0; i < CLIENTS; i++)
        go_waitgroup_go(&clients, client, requests, i, &answers[i]);
    go_waitgroup_wait(&clients);
    go_close(requests);
    go_waitgroup_wait(&servers);
    go_drop(requests);

    for (int i = 0; i < CLIENTS; i++)
        printf("%d^2 + %d^2 = %d\n", i, i + 1, answers[i]);
}
