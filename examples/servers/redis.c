/* SPDX-License-Identifier: MIT */
/* redis - a server that speaks the protocol of Redis, for redis-cli and other clients.
 *
 *   redis [ADDRESS]
 *
 *   PING [TEXT]   GET KEY   SET KEY VALUE   DEL KEY...   INCR KEY   EXPIRE KEY SECONDS
 *   MGET KEY...   QUIT
 *
 * Commands may be sent without waiting for answers: those that have come together are
 * answered together, with one write. */
#include "redis_wire.h"
#include "serve.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char no_memory[] = "out of memory", no_number[] = "value is not an integer or out of "
                                                               "range";

/* Nobody waits for a client with a pin in his hands: as long as he does, nothing that anybody
 * replaces or deletes can be freed.  What may have to wait is copied. */
static bool put_value(struct wire *w, struct bytes key)
{
    char *copy = NULL;
    size_t len = 0;
    unsigned pin = data_pin();
    const struct value *v = data_load(key);
    const bool found = v != NULL, at_once = v && wire_has_room(w, v->len);
    if (at_once) {
        wire_bulk(w, (struct bytes){ v->at, v->len });
    } else if (v && (copy = malloc(v->len + 1))) {
        len = v->len;
        memcpy(copy, v->at, len);
    }
    data_unpin(pin);
    if (at_once)
        return true;
    if (!copy)
        return found ? wire_error(w, no_memory) : wire_text(w, "$-1\r\n");
    bool ok = wire_bulk(w, (struct bytes){ copy, len });
    free(copy);
    return ok;
}

static bool ping(struct wire *w, const struct bytes *arg, int n)
{
    return n == 1 ? wire_text(w, "+PONG\r\n") : wire_bulk(w, arg[1]);
}

static bool get(struct wire *w, const struct bytes *arg, int n)
{
    (void)n;
    return put_value(w, arg[1]);
}

static bool set(struct wire *w, const struct bytes *arg, int n)
{
    (void)n;
    return data_store(arg[1], arg[2]) ? wire_error(w, no_memory) : wire_text(w, "+OK\r\n");
}

static bool del(struct wire *w, const struct bytes *arg, int n)
{
    int deleted = 0;
    for (int i = 1; i < n; i++)
        deleted += data_delete(arg[i]);
    return wire_number(w, ':', deleted);
}

static bool incr(struct wire *w, const struct bytes *arg, int n)
{
    (void)n;
    int64_t sum;
    int err = data_add(arg[1], 1, &sum);
    return err ? wire_error(w, err == DATA_NO_MEMORY ? no_memory : no_number)
               : wire_number(w, ':', sum);
}

static bool expire(struct wire *w, const struct bytes *arg, int n)
{
    (void)n;
    int64_t seconds, at;
    if (!bytes_to_number(arg[2], &seconds) ||
        __builtin_mul_overflow(seconds, GO_SECOND, &seconds) ||
        __builtin_add_overflow(seconds, go_now(), &at))
        return wire_error(w, no_number);
    int there = data_expire(arg[1], at);
    return there < 0 ? wire_error(w, no_memory) : wire_number(w, ':', there);
}

static bool mget(struct wire *w, const struct bytes *arg, int n)
{
    bool ok = wire_number(w, '*', n - 1);
    for (int i = 1; ok && i < n; i++)
        ok = put_value(w, arg[i]);
    return ok;
}

/* What clients ask at their start, and can do without. */
static bool nothing(struct wire *w, const struct bytes *arg, int n)
{
    (void)arg, (void)n;
    return wire_text(w, "*0\r\n");
}

static bool quit(struct wire *w, const struct bytes *arg, int n)
{
    (void)arg, (void)n;
    wire_text(w, "+OK\r\n");
    return false;
}

static const struct command {
    const char *name;
    int least, most; /* arguments, the name among them */
    bool (*run)(struct wire *w, const struct bytes *arg, int n);
} commands[] = {
    { "GET", 2, 2, get },          { "SET", 3, 3, set },         { "INCR", 2, 2, incr },
    { "PING", 1, 2, ping },        { "DEL", 2, WIRE_ARGS, del }, { "MGET", 2, WIRE_ARGS, mget },
    { "EXPIRE", 3, 3, expire },    { "QUIT", 1, 1, quit },       { "CONFIG", 2, 99, nothing },
    { "COMMAND", 1, 99, nothing },
};

/* False: the connection is to be closed. */
static bool run_command(struct wire *w, const struct bytes *arg, int n)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        const struct command *c = &commands[i];
        if (arg[0].len != strlen(c->name) || strncasecmp(arg[0].at, c->name, arg[0].len) != 0)
            continue;
        if (n < c->least || n > c->most)
            return wire_error(w, "wrong number of arguments");
        return c->run(w, arg, n);
    }
    return wire_error(w, "unknown command");
}

static void serve_client(int fd, go_context *stop)
{
    wire_serve(fd, stop, run_command);
}

int main(int argc, char **argv)
{
    return serve(argc > 1 ? argv[1] : "127.0.0.1:6379", serve_client, GO_SECOND);
}
