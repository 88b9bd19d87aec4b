/* SPDX-License-Identifier: MIT */
#include "chat_room.h"
#include "serve.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct room {
    struct room *next; /* of its bucket; guarded by rooms_lock */
    char name[NAME_SIZE];
    int users; /* clients that are in, or on their way; guarded by rooms_lock */

    go_mutex lock; /* guards who is in */
    struct client *members;
};

/* What a client has not read yet beyond these bytes waits in its outbox: the kernel's own
 * limit is some megabytes, each. */
enum { UNREAD = 64 * 1024, BUCKETS = 4096 };
static go_mutex rooms_lock;
static struct room *rooms[BUCKETS];

/* Every name that somebody has. */
static go_map names = GO_MAP_INIT(&go_map_strings);

/* --- What is said ---------------------------------------------------------------- */

void said_drop(struct said *s)
{
    if (go_atomic_add(&s->holders, -1) == 0)
        free(s);
}

/* Some texts, the last of them NULL, as one.  The caller is its first holder.  NULL: no
 * memory, and it is not said. */
static struct said *said_new(va_list texts)
{
    const char *t;
    size_t len = 0;
    va_list again;
    va_copy(again, texts);
    while ((t = va_arg(again, const char *)))
        len += strlen(t);
    va_end(again);
    if (len > SAID_MAX)
        len = SAID_MAX;
    struct said *s = malloc(sizeof *s + len);
    if (!s)
        return NULL;
    s->holders = 1;
    s->len = (uint32_t)len;
    for (char *to = s->text, *end = to + len; (t = va_arg(texts, const char *));) {
        const size_t n = strlen(t), room = (size_t)(end - to);
        memcpy(to, t, n < room ? n : room);
        to += n < room ? n : room;
    }
    return s;
}

/* One that does not listen is not waited for: its outbox ends, and so do its reads and
 * writes.  Under the room's lock, so that it is still there. */
static void drop_client(struct client *c)
{
    c->dropped = true;
    go_close(c->outbox);
    break_off(c->fd);
}

static void hand_over(struct client *c, struct said *s)
{
    if (c->dropped)
        return;
    go_atomic_add(&s->holders, 1);
    if (go_try_send(c->outbox, s) != 0) {
        said_drop(s);
        drop_client(c);
    }
}

__attribute__((sentinel)) static void tell_all(struct room *r, ...)
{
    va_list texts;
    va_start(texts, r);
    struct said *s = said_new(texts);
    va_end(texts);
    if (!s)
        return;
    go_with_lock (&r->lock)
        for (struct client *c = r->members; c; c = c->next)
            hand_over(c, s);
    said_drop(s);
}

void client_tell(struct client *c, ...)
{
    va_list texts;
    va_start(texts, c);
    struct said *s = said_new(texts);
    va_end(texts);
    if (!s)
        return;
    go_with_lock (&c->room->lock)
        hand_over(c, s);
    said_drop(s);
}

/* --- Rooms ----------------------------------------------------------------------- */

static struct room **room_place(const char *name)
{
    struct room **r = &rooms[go_map_hash_bytes(name, strlen(name)) % BUCKETS];
    while (*r && strcmp((*r)->name, name) != 0)
        r = &(*r)->next;
    return r;
}

/* The room of that name, counted as used; room_unuse takes that back. */
static struct room *room_use(const char *name)
{
    struct room *r = NULL;
    go_with_lock (&rooms_lock) {
        struct room **place = room_place(name);
        r = *place;
        if (!r && (r = calloc(1, sizeof *r))) {
            strcpy(r->name, name);
            *place = r;
        }
        if (r)
            r->users++;
    }
    return r;
}

/* The last one out takes the room along. */
static void room_unuse(struct room *r)
{
    bool last = false;
    go_with_lock (&rooms_lock) {
        last = --r->users == 0;
        if (last)
            *room_place(r->name) = r->next;
    }
    if (last)
        free(r);
}

static void sit_down(struct room *r, struct client *c)
{
    c->room = r;
    go_with_lock (&r->lock) {
        c->next = r->members;
        c->back = &r->members;
        if (c->next)
            c->next->back = &c->next;
        r->members = c;
    }
}

static void stand_up(struct client *c)
{
    go_with_lock (&c->room->lock) {
        *c->back = c->next;
        if (c->next)
            c->next->back = c->back;
    }
    c->room = NULL;
}

static void room_leave(struct client *c)
{
    struct room *r = c->room;
    if (!r)
        return;
    stand_up(c);
    tell_all(r, "* ", c->name, " left ", r->name, "\n", NULL);
    room_unuse(r);
}

bool room_enter(struct client *c, const char *name)
{
    struct room *r = room_use(name);
    if (!r)
        return false;
    if (r == c->room) {
        room_unuse(r);
        return true;
    }
    room_leave(c);
    sit_down(r, c);
    tell_all(r, "* ", c->name, " joined ", r->name, "\n", NULL);
    return true;
}

void room_say(struct client *c, const char *text)
{
    tell_all(c->room, c->name, ": ", text, "\n", NULL);
}

void room_tell_who(struct client *c)
{
    char text[SAID_MAX / 2];
    size_t n = 0;
    go_with_lock (&c->room->lock)
        for (struct client *m = c->room->members; m && n < sizeof text - NAME_SIZE - 1; m = m->next)
            n += (size_t)sprintf(text + n, " %s", m->name);
    client_tell(c, "* in ", c->room->name, ":", text, "\n", NULL);
}

/* --- Clients --------------------------------------------------------------------- */

bool client_begin(struct client *c, int fd)
{
    static uint64_t guests;
    int taken = 1, unread = UNREAD;
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &unread, sizeof unread);
    *c = (struct client){ .fd = fd };
    if (go_try_make(&c->outbox, OUTBOX) != 0)
        return false;
    while (taken == 1) {
        sprintf(c->name, "guest%llu", (unsigned long long)go_atomic_add(&guests, 1));
        taken = go_map_load_or_store(&names, c->name, c, NULL);
    }
    if (taken == 0)
        return true;
    go_drop(c->outbox);
    return false;
}

void client_end(struct client *c)
{
    struct said *s;
    room_leave(c);
    go_map_delete(&names, c->name);
    while (go_try_recv(c->outbox, &s) == 0)
        said_drop(s);
    go_drop(c->outbox);
}

bool client_rename(struct client *c, const char *name)
{
    char old[NAME_SIZE];
    strcpy(old, c->name);
    if (go_map_load_or_store(&names, name, c, NULL) != 0)
        return false;
    go_with_lock (&c->room->lock)
        strcpy(c->name, name);
    go_map_delete(&names, old);
    return true;
}

bool client_is_dropped(struct client *c)
{
    bool dropped = false;
    go_with_lock (&c->room->lock)
        dropped = c->dropped;
    return dropped;
}
