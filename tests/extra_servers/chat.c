/* SPDX-License-Identifier: MIT */
/* The chat server: rooms and names, everybody hears the same in the same order, and one who
 * does not listen is dropped while the others talk. */
#include "talk.h"

#include <string.h>
#include <unistd.h>

/* Skips what is said until that line. */
static void until(int fd, const char *wanted)
{
    char line[1024];
    do
        CHECK(hear_line(fd, line, sizeof line));
    while (strcmp(line, wanted) != 0);
}

static int enter_by(int fd, const char *name, const char *room)
{
    char text[128];
    snprintf(text, sizeof text, "/nick %s\r\n/join %s\n", name, room);
    say(fd, text);
    snprintf(text, sizeof text, "* %s joined %s", name, room);
    until(fd, text);
    return fd;
}

static int enter(int port, const char *name, const char *room)
{
    return enter_by(dial(port), name, room);
}

static void names_and_rooms(int port)
{
    int ann = enter(port, "ann", "garden"), bob = enter(port, "bob", "garden");
    hear(ann, "* bob joined garden\n");
    say(bob, "/nick ann\n/nick a b\n/nick \n/join ../..\n/dance\n");
    hear(bob, "* ann is taken\n* a name is some letters, digits, _ and -\n"
              "* a name is some letters, digits, _ and -\n"
              "* a room is some letters, digits, _ and -\n* /nick NAME, /join ROOM, /who, /quit\n");
    say_slowly(ann, "hello, ");
    say(ann, "bob\nand again\n\n");
    hear(bob, "ann: hello, bob\nann: and again\n");
    hear(ann, "ann: hello, bob\nann: and again\n");
    say(bob, "/nick robert\n");
    hear(bob, "* you are robert\n");
    say(bob, "it is me\n");
    hear(ann, "robert: it is me\n");

    int eve = enter(port, "eve", "cellar");
    say(eve, "nobody hears me\n/who\n");
    hear(eve, "eve: nobody hears me\n* in cellar: eve\n");
    say(bob, "/join cellar\n");
    hear(ann, "* robert left garden\n");
    hear(eve, "* robert joined cellar\n");
    hear_nothing_yet(ann);
    say(eve, "/quit\n");
    hear_end(eve);
    until(bob, "* eve left cellar");
    reset(bob); /* his name is free again once the server knows */
    char line[128];
    int cat = enter(port, "cat", "garden");
    do {
        say(cat, "/nick robert\n");
        CHECK(hear_line(cat, line, sizeof line));
    } while (strcmp(line, "* robert is taken") == 0);
    CHECK(strcmp(line, "* you are robert") == 0);
    close(cat);
    close(ann);
}

static void too_long(int port)
{
    char line[2000];
    memset(line, 'x', sizeof line);
    int fd = enter(port, "long", "hall");
    say_bytes(fd, line, sizeof line);
    hear_gone(fd);
}

/* Fills the buffers of one who never reads; the one who does goes on. */
static void slow_client(int port)
{
    char line[401], heard[480];
    int deaf = enter_by(dial_small(port), "deaf", "hall"), loud = enter(port, "loud", "hall");
    hear(deaf, "* loud joined hall\n");
    memset(line, 'y', sizeof line - 1);
    line[sizeof line - 1] = '\n';
    for (bool dropped = false; !dropped;) {
        say_bytes(loud, line, sizeof line);
        CHECK(hear_line(loud, heard, sizeof heard));
        dropped = strcmp(heard, "* deaf left hall") == 0;
        CHECK(dropped || strncmp(heard, "loud: yyy", 9) == 0);
    }
    hear_gone(deaf);
    close(loud);
}

/* Members that all talk at once hear the same. */
static void same_order(int port)
{
    enum { MEMBERS = 12, LINES = 20 };
    static char heard[MEMBERS][MEMBERS * LINES][32];
    int fd[MEMBERS];
    char text[64];
    for (int i = 0; i < MEMBERS; i++) {
        snprintf(text, sizeof text, "m%d", i);
        fd[i] = enter(port, text, "choir");
    }
    for (int i = 0; i < MEMBERS; i++)
        for (int k = i + 1; k < MEMBERS; k++) {
            snprintf(text, sizeof text, "* m%d joined choir\n", k);
            hear(fd[i], text);
        }
    for (int n = 0; n < LINES; n++) {
        for (int i = 0; i < MEMBERS; i++) {
            snprintf(text, sizeof text, "line %d\n", n);
            say(fd[i], text);
        }
        for (int i = 0; i < MEMBERS; i++)
            for (int k = 0; k < MEMBERS; k++)
                CHECK(hear_line(fd[i], heard[i][n * MEMBERS + k], 32));
    }
    for (int i = 1; i < MEMBERS; i++)
        CHECK(memcmp(heard[0], heard[i], sizeof heard[0]) == 0);
    for (int i = 0; i < MEMBERS; i++)
        close(fd[i]);
}

int main(int argc, char **argv)
{
    CHECK(argc == 2);
    struct server s = server_start(argv[1], NULL);
    names_and_rooms(s.port);
    too_long(s.port);
    slow_client(s.port);
    same_order(s.port);
    int waiting = enter(s.port, "waiting", "hall");
    server_stop(s);
    hear_gone(waiting);
    return 0;
}
