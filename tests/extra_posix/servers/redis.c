/* SPDX-License-Identifier: MIT */
/* hiredis, unchanged: 1000 goroutines, each with a connection of its own, pipeline commands
 * and then all block in BLPOP at once, on a few threads. */
#include "servers.h"

#include <hiredis/hiredis.h>

enum { CLIENTS = 1000, PIPELINED = 20 };

static char path[512];
static go_waitgroup clients;

static redisContext *redis(void)
{
    redisContext *c = redisConnectUnix(path);
    CHECK(c != NULL);
    /* hiredis connects in O_NONBLOCK, and does not wait for room in the backlog. */
    while (c->err == REDIS_ERR_IO && errno == EAGAIN) {
        redisFree(c);
        usleep(2000);
        CHECK((c = redisConnectUnix(path)) != NULL);
    }
    if (c->err) {
        fprintf(stderr, "redis: %s\n", c->errstr);
        _Exit(1);
    }
    return c;
}

static redisReply *reply(redisContext *c, int type)
{
    redisReply *r = NULL;
    if (redisGetReply(c, (void **)&r) != REDIS_OK) {
        fprintf(stderr, "redis: %s\n", c->errstr);
        _Exit(1);
    }
    if (r->type != type) {
        fprintf(stderr, "redis: type %d instead of %d: %s\n", r->type, type, r->str ? r->str : "");
        _Exit(1);
    }
    return r;
}

static void pipelined(redisContext *c, int me)
{
    for (int i = 0; i < PIPELINED; i++) {
        CHECK_EQ(redisAppendCommand(c, "INCRBY n:%d %d", me, i), REDIS_OK);
        CHECK_EQ(redisAppendCommand(c, "INCR total"), REDIS_OK);
    }
    CHECK_EQ(redisAppendCommand(c, "GET n:%d", me), REDIS_OK);
    for (int i = 0, sum = 0; i < PIPELINED; i++) {
        redisReply *r = reply(c, REDIS_REPLY_INTEGER);
        CHECK_EQ(r->integer, sum += i);
        freeReplyObject(r);
        freeReplyObject(reply(c, REDIS_REPLY_INTEGER));
    }
    redisReply *r = reply(c, REDIS_REPLY_STRING);
    CHECK_EQ(atoi(r->str), PIPELINED * (PIPELINED - 1) / 2);
    freeReplyObject(r);
}

static void blocking(redisContext *c, int me)
{
    char expect[32];
    snprintf(expect, sizeof expect, "for %d", me);
    CHECK_EQ(redisAppendCommand(c, "BLPOP list:%d 0", me), REDIS_OK);
    redisReply *r = reply(c, REDIS_REPLY_ARRAY);
    CHECK_EQ(r->elements, 2);
    CHECK(strcmp(r->element[1]->str, expect) == 0);
    freeReplyObject(r);
}

static void client(int me)
{
    redisContext *c = redis();
    pipelined(c, me);
    blocking(c, me);
    redisFree(c);
    go_waitgroup_done(&clients);
}

static int blocked(redisContext *c)
{
    CHECK_EQ(redisAppendCommand(c, "INFO clients"), REDIS_OK);
    redisReply *r = reply(c, REDIS_REPLY_STRING);
    const char *at = strstr(r->str, "blocked_clients:");
    CHECK(at != NULL);
    int n = atoi(at + strlen("blocked_clients:"));
    freeReplyObject(r);
    return n;
}

int main(void)
{
    CHECK_IN_FORCE();
    setvbuf(stdout, NULL, _IOLBF, 0); /* what was printed shows if a check fails */
    snprintf(path, sizeof path, "%s/socket", server_dir());
    raise_fd_limit();
    go_maxprocs(2);
    int64_t start = go_now();
    go_waitgroup watch = { 0 };
    watch_begin(&watch);
    go_waitgroup_add(&clients, CLIENTS);
    for (int i = 0; i < CLIENTS; i++)
        go(client, i);
    redisContext *c = redis();
    while (blocked(c) < CLIENTS)
        usleep(5000);
    printf("%d clients blocked after %.2f s, %d threads\n", CLIENTS, seconds(start), threads());
    for (int i = 0; i < CLIENTS; i++) {
        char value[32];
        snprintf(value, sizeof value, "for %d", i);
        CHECK_EQ(redisAppendCommand(c, "RPUSH list:%d %s", i, value), REDIS_OK);
    }
    for (int i = 0; i < CLIENTS; i++)
        freeReplyObject(reply(c, REDIS_REPLY_INTEGER));
    go_waitgroup_wait(&clients);
    CHECK_EQ(redisAppendCommand(c, "GET total"), REDIS_OK);
    redisReply *r = reply(c, REDIS_REPLY_STRING);
    CHECK_EQ(atoi(r->str), CLIENTS * PIPELINED);
    freeReplyObject(r);
    redisFree(c);
    int most = watch_end(&watch);
    printf("%d clients done after %.2f s, never more than %d threads\n", CLIENTS, seconds(start),
           most);
    CHECK(most <= few_threads(CLIENTS));
    return 0;
}
