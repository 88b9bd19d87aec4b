/* SPDX-License-Identifier: MIT */
/* chat - rooms in which everybody reads what anybody writes.
 *
 *   chat [ADDRESS]                     and then, say, with nc:
 *
 *   /nick NAME    /join ROOM    /who    /quit    anything else is said in the room
 *
 * One goroutine for each client, which waits in one select for what the client types, for
 * what others say, and for the end.  What is said to a client goes into a channel, its
 * outbox.  Nobody waits for a slow client: one whose outbox is full is dropped. */
#include "chat_room.h"
#include "serve.h"

#include <stdlib.h>
#include <string.h>

enum { TYPED_MAX = 512, BATCH = 4096 };
#define WRITE_TIMEOUT (5 * GO_SECOND)

/* Where lines are put together; not kept by a client that waits. */
static void *new_batch(void *arg)
{
    (void)arg;
    return malloc(BATCH);
}

static go_pool batches = { .make = new_batch, .destroy = free };

/* What a client has typed of a line that is not complete. */
struct typed {
    size_t len;
    char text[TYPED_MAX];
};

static bool is_name(const char *s)
{
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    return n > 0 && n < NAME_SIZE && s[n] == '\0';
}

static void change_name(struct client *c, const char *name)
{
    if (!is_name(name))
        client_tell(c, "* a name is some letters, digits, _ and -\n", NULL);
    else if (!client_rename(c, name))
        client_tell(c, "* ", name, " is taken\n", NULL);
    else
        client_tell(c, "* you are ", name, "\n", NULL);
}

static void change_room(struct client *c, const char *room)
{
    if (!is_name(room))
        client_tell(c, "* a room is some letters, digits, _ and -\n", NULL);
    else if (!room_enter(c, room))
        client_tell(c, "* no memory for a room\n", NULL);
}

/* False: the client wants to go. */
static bool take_line(struct client *c, const char *line)
{
    if (strcmp(line, "/quit") == 0)
        return false;
    if (strncmp(line, "/nick ", 6) == 0)
        change_name(c, line + 6);
    else if (strncmp(line, "/join ", 6) == 0)
        change_room(c, line + 6);
    else if (strcmp(line, "/who") == 0)
        room_tell_who(c);
    else if (line[0] == '/')
        client_tell(c, "* /nick NAME, /join ROOM, /who, /quit\n", NULL);
    else if (line[0])
        room_say(c, line);
    return true;
}

/* Takes the complete lines; an incomplete one stays, unless it is too long. */
static bool take_lines(struct client *c, struct typed *t)
{
    char *at = t->text, *end;
    while ((end = memchr(at, '\n', (size_t)(t->text + t->len - at)))) {
        *end = '\0';
        if (end > at && end[-1] == '\r')
            end[-1] = '\0';
        if (!take_line(c, at))
            return false;
        at = end + 1;
    }
    t->len -= (size_t)(at - t->text);
    memmove(t->text, at, t->len);
    return t->len < sizeof t->text;
}

/* What is there, without waiting: meanwhile others may have something to say. */
static bool read_typed(struct client *c, struct typed *t)
{
    ssize_t n = go_read_until(c->fd, t->text + t->len, sizeof t->text - t->len, go_now());
    if (n < 0)
        return errno == ETIMEDOUT && !client_is_dropped(c);
    t->len += (size_t)n;
    return n > 0 && take_lines(c, t);
}

/* Sends a line, and what else is in the outbox, as far as one write takes it. */
static bool write_said(struct client *c, struct said *s)
{
    char *batch = go_pool_get(&batches);
    size_t n = 0;
    if (!batch) {
        said_drop(s);
        return false;
    }
    do {
        memcpy(batch + n, s->text, s->len);
        n += s->len;
        said_drop(s);
    } while (n + SAID_MAX <= BATCH && go_try_recv(c->outbox, &s) == 0);
    bool ok = go_write_until(c->fd, batch, n, go_now() + WRITE_TIMEOUT) == (ssize_t)n;
    go_pool_put(&batches, batch);
    return ok;
}

static void converse(struct client *c, go_context *stop)
{
    struct typed t = { .len = 0 };
    struct said *s;
    bool more = true;
    while (more) {
        switch (go_select(go_on_readable(c->fd), go_on_recv(c->outbox, &s), go_on_done(stop))) {
        case 0:
            more = read_typed(c, &t);
            break;
        case 1:
            more = go_selected_ok() && write_said(c, s);
            break;
        case 2:
            more = false;
            break;
        }
    }
}

static void chat(int fd, go_context *stop)
{
    struct client c;
    if (!client_begin(&c, fd))
        return;
    if (room_enter(&c, "lobby"))
        converse(&c, stop);
    client_end(&c);
}

int main(int argc, char **argv)
{
    return serve(argc > 1 ? argv[1] : "127.0.0.1:7008", chat, GO_SECOND);
}
