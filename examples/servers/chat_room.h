/* SPDX-License-Identifier: MIT */
/* Clients and rooms of the chat server.
 *
 * Who is in a room is guarded by the room's lock.  Under it, what is said goes into the
 * outbox of each, so that all hear the same order; nothing waits there. */
#ifndef CHAT_ROOM_H
#define CHAT_ROOM_H

#include <goroutine.h>

enum { NAME_SIZE = 32, OUTBOX = 64, SAID_MAX = 640 };

/* Something said, shared by all who hear it: freed by the last. */
struct said {
    int32_t holders; /* atomic */
    uint32_t len;
    char text[];
};
void said_drop(struct said *s);

struct room;

/* Lives on the stack of its goroutine, which alone uses it, but for what is said here. */
struct client {
    int fd;
    char name[NAME_SIZE];          /* written under the room's lock, by its goroutine */
    struct room *room;             /* NULL: in none yet */
    struct client *next, **back;   /* of the room; guarded by its lock */
    go_chan(struct said *) outbox; /* closed, under that lock, when the client is dropped */
    bool dropped;                  /* guarded by it */
};

/* client_begin - with a name that nobody has.  False: no memory.
 * client_end - out of its room; nobody knows it any more. */
bool client_begin(struct client *c, int fd);
void client_end(struct client *c);
/* client_rename - false: the name is taken. */
bool client_rename(struct client *c, const char *name);
/* client_tell - to this one alone: some texts, the last of them NULL. */
void client_tell(struct client *c, ...) __attribute__((sentinel));
bool client_is_dropped(struct client *c);

/* room_enter - leave the one before and go into the one of that name, made if need be.
 * False: no memory; the client is where it was. */
bool room_enter(struct client *c, const char *name);
/* room_say - to everybody in the client's room. */
void room_say(struct client *c, const char *text);
/* room_tell_who - to the client, who is in its room. */
void room_tell_who(struct client *c);

#endif
