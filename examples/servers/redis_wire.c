/* SPDX-License-Identifier: MIT */
#include "redis_wire.h"
#include "serve.h"

#include <stdlib.h>
#include <string.h>

enum { IN_FIRST = 16 * 1024, OUT = 16 * 1024, ARGS_FIRST = 16 };

/* The place of an argument, from the beginning of its command. */
struct place {
    size_t at, len;
};

/* in: [begin .. pos .. end): a command that has been parsed as far as pos, and what has
 * been read behind it.  Belongs to the goroutine of the connection. */
struct wire {
    int fd;
    bool broken;
    size_t out_len;
    char *in;
    size_t cap, begin, pos, end;
    struct place *place;
    struct bytes *arg;
    int args, args_cap;
    int64_t wanted; /* arguments of an array; -1: its first line has not come */
    char out[OUT];
};

static void wire_free(void *item)
{
    struct wire *w = item;
    if (!w)
        return;
    free(w->in);
    free(w->place);
    free(w->arg);
    free(w);
}

static void *wire_new(void *unused)
{
    (void)unused;
    struct wire *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->in = malloc(w->cap = IN_FIRST);
    w->args_cap = ARGS_FIRST;
    w->place = malloc(ARGS_FIRST * sizeof *w->place);
    w->arg = malloc(ARGS_FIRST * sizeof *w->arg);
    if (w->in && w->place && w->arg)
        return w;
    wire_free(w);
    return NULL;
}

static go_pool wires = { .make = wire_new, .destroy = wire_free };

/* One that has grown for a large command is not kept. */
static void put_back(struct wire *w)
{
    if (w->cap > 4 * IN_FIRST || w->args_cap > 64 * ARGS_FIRST)
        wire_free(w);
    else
        go_pool_put(&wires, w);
}

/* --- Sending --------------------------------------------------------------------- */

static bool send_all(struct wire *w, const char *at, size_t n)
{
    if (!w->broken && go_write(w->fd, at, n) != (ssize_t)n)
        w->broken = true;
    return !w->broken;
}

static bool flush(struct wire *w)
{
    size_t n = w->out_len;
    w->out_len = 0;
    return n == 0 ? !w->broken : send_all(w, w->out, n);
}

static bool put(struct wire *w, const char *at, size_t n)
{
    if (n > OUT - w->out_len && !flush(w))
        return false;
    if (n > OUT)
        return send_all(w, at, n);
    memcpy(w->out + w->out_len, at, n);
    w->out_len += n;
    return true;
}

bool wire_text(struct wire *w, const char *text)
{
    return put(w, text, strlen(text));
}

bool wire_error(struct wire *w, const char *text)
{
    return wire_text(w, "-ERR ") && wire_text(w, text) && wire_text(w, "\r\n");
}

bool wire_number(struct wire *w, char kind, int64_t n)
{
    char buffer[27];
    struct bytes digits = number_to_bytes(n, buffer + 1);
    char *at = (char *)digits.at - 1;
    *at = kind;
    memcpy(at + 1 + digits.len, "\r\n", 2);
    return put(w, at, digits.len + 3);
}

bool wire_bulk(struct wire *w, struct bytes b)
{
    return wire_number(w, '$', (int64_t)b.len) && put(w, b.at, b.len) && wire_text(w, "\r\n");
}

bool wire_has_room(const struct wire *w, size_t n)
{
    const size_t around = 32; /* the length before it, and the ends of two lines */
    return n < OUT && n + around <= OUT - w->out_len;
}

/* --- Parsing --------------------------------------------------------------------- */

enum parsed { INCOMPLETE, COMPLETE, WRONG };

static enum parsed wrong(struct wire *w, const char *text)
{
    wire_error(w, text);
    return WRONG;
}

static bool add_arg(struct wire *w, size_t at, size_t len)
{
    if (w->args == w->args_cap) {
        const size_t cap = (size_t)w->args_cap * 2;
        struct place *place = realloc(w->place, cap * sizeof *place);
        w->place = place ? place : w->place;
        struct bytes *arg = realloc(w->arg, cap * sizeof *arg);
        w->arg = arg ? arg : w->arg;
        if (!place || !arg)
            return false;
        w->args_cap = (int)cap;
    }
    w->place[w->args++] = (struct place){ at - w->begin, len };
    return true;
}

/* The line at pos, without its end; pos moves behind it. */
static enum parsed take_line(struct wire *w, struct bytes *line)
{
    char *at = w->in + w->pos, *end = memchr(at, '\n', w->end - w->pos);
    if (!end)
        return w->end - w->pos > WIRE_LINE ? wrong(w, "Protocol error: too big a line")
                                           : INCOMPLETE;
    w->pos = (size_t)(end + 1 - w->in);
    *line = (struct bytes){ at, (size_t)(end - at) };
    if (line->len && at[line->len - 1] == '\r')
        line->len--;
    return COMPLETE;
}

/* "*3" and "$5" */
static enum parsed take_number(struct wire *w, char kind, int64_t most, int64_t *n)
{
    struct bytes line;
    enum parsed p = take_line(w, &line);
    if (p != COMPLETE)
        return p;
    if (line.len == 0 || line.at[0] != kind)
        return wrong(w,
                     kind == '$' ? "Protocol error: expected '$'" : "Protocol error: expected '*'");
    if (!bytes_to_number((struct bytes){ line.at + 1, line.len - 1 }, n) || *n > most ||
        (kind == '$' && *n < 0))
        return wrong(w, kind == '$' ? "Protocol error: invalid bulk length"
                                    : "Protocol error: invalid multibulk length");
    return COMPLETE;
}

static enum parsed take_bulk(struct wire *w)
{
    const size_t before = w->pos;
    int64_t n;
    enum parsed p = take_number(w, '$', WIRE_COMMAND - 1024, &n);
    if (p != COMPLETE)
        return p;
    if (w->end - w->pos < (size_t)n + 2) {
        w->pos = before; /* the number is read again, with the rest */
        return w->end - w->begin > WIRE_COMMAND ? wrong(w, "Protocol error: too big a command")
                                                : INCOMPLETE;
    }
    if (!add_arg(w, w->pos, (size_t)n))
        return wrong(w, "out of memory");
    w->pos += (size_t)n + 2;
    return COMPLETE;
}

static enum parsed take_inline(struct wire *w)
{
    struct bytes line;
    enum parsed p = take_line(w, &line);
    if (p != COMPLETE)
        return p;
    const char *at = line.at, *end = line.at + line.len;
    while (at < end) {
        const char *word = at;
        while (at < end && *at != ' ' && *at != '\t')
            at++;
        if (at > word && !add_arg(w, (size_t)(word - w->in), (size_t)(at - word)))
            return wrong(w, "out of memory");
        at++;
    }
    return COMPLETE;
}

static enum parsed parse(struct wire *w)
{
    enum parsed p = COMPLETE;
    if (w->pos == w->end)
        return INCOMPLETE;
    if (w->wanted < 0) {
        if (w->in[w->begin] != '*')
            return take_inline(w);
        p = take_number(w, '*', WIRE_ARGS, &w->wanted);
        if (p == COMPLETE && w->wanted < 0)
            w->wanted = 0;
    }
    while (p == COMPLETE && w->args < w->wanted)
        p = take_bulk(w);
    return p;
}

/* --- The connection -------------------------------------------------------------- */

/* Room behind end, for what a command still lacks. */
static bool make_room(struct wire *w)
{
    memmove(w->in, w->in + w->begin, w->end - w->begin);
    w->pos -= w->begin;
    w->end -= w->begin;
    w->begin = 0;
    if (w->cap - w->end >= IN_FIRST / 4)
        return true;
    char *more = realloc(w->in, w->cap * 2);
    if (!more)
        return false;
    w->in = more;
    w->cap *= 2;
    return true;
}

static bool read_more(struct wire *w)
{
    ssize_t n = go_read(w->fd, w->in + w->end, w->cap - w->end);
    if (n > 0)
        w->end += (size_t)n;
    return n > 0;
}

static void next_command(struct wire *w)
{
    w->begin = w->pos;
    w->args = 0;
    w->wanted = -1;
}

/* Runs what has come.  True: all of it, and more may come. */
static bool run_all(struct wire *w, int fd, bool (*run)(struct wire *, const struct bytes *, int))
{
    w->fd = fd;
    w->begin = w->pos = w->end = w->out_len = 0;
    w->broken = false;
    next_command(w);
    if (!read_more(w))
        return false;
    while (w->begin < w->end) {
        switch (parse(w)) {
        case INCOMPLETE:
            if (!flush(w) || !make_room(w) || !read_more(w))
                return false;
            continue;
        case WRONG:
            flush(w);
            return false;
        case COMPLETE:
            break;
        }
        for (int i = 0; i < w->args; i++)
            w->arg[i] = (struct bytes){ w->in + w->begin + w->place[i].at, w->place[i].len };
        if (w->args > 0 && !run(w, w->arg, w->args)) {
            flush(w);
            return false;
        }
        next_command(w);
    }
    return flush(w);
}

void wire_serve(int fd, go_context *stop,
                bool (*run)(struct wire *w, const struct bytes *arg, int n))
{
    for (bool more = true; more;) {
        if (!serve_wait(fd, stop))
            return;
        struct wire *w = go_pool_get(&wires); /* only while there is something to do */
        if (!w)
            return;
        more = run_all(w, fd, run);
        put_back(w);
    }
}
