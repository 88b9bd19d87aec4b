/* SPDX-License-Identifier: MIT */
/* The Redis server's protocol: arrays and lines, in any pieces, any bytes, answers in the
 * order of the commands, mistakes that are told, keys that expire. */
#include "talk.h"

#include <string.h>
#include <unistd.h>

static void ask(int fd, const char *command, const char *answer)
{
    say(fd, command);
    hear(fd, answer);
}

static void commands(int fd)
{
    ask(fd, "PING\r\n", "+PONG\r\n");
    ask(fd, "ping hello\r\n", "$5\r\nhello\r\n");
    ask(fd, "GET a\r\n", "$-1\r\n");
    ask(fd, "SET a 41\r\n", "+OK\r\n");
    ask(fd, "INCR a\r\n", ":42\r\n");
    ask(fd, "GET a\r\n", "$2\r\n42\r\n");
    ask(fd, "INCR fresh\r\n", ":1\r\n");
    ask(fd, "SET word hi\r\nINCR word\r\n",
        "+OK\r\n-ERR value is not an integer or out of range\r\n");
    ask(fd, "SET top 9223372036854775807\r\nINCR top\r\n",
        "+OK\r\n-ERR value is not an integer or out of range\r\n");
    ask(fd, "SET low -9223372036854775808\r\nINCR low\r\n", "+OK\r\n:-9223372036854775807\r\n");
    ask(fd, "MGET a nothing fresh\r\n", "*3\r\n$2\r\n42\r\n$-1\r\n$1\r\n1\r\n");
    ask(fd, "DEL a fresh nothing\r\n", ":2\r\n");
    ask(fd, "GET a\r\n", "$-1\r\n");
    ask(fd, "GET\r\n", "-ERR wrong number of arguments\r\n");
    ask(fd, "DANCE\r\n", "-ERR unknown command\r\n");
    ask(fd, "\r\n   \r\nPING\r\n", "+PONG\r\n"); /* nothing is no command */
}

static void pieces(int fd)
{
    say_slowly(
        fd,
        "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$8\r\nab\r\ncd\r\n\r\n*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n");
    hear(fd, "+OK\r\n$8\r\nab\r\ncd\r\n\r\n");
    const char with_zero[] = "*3\r\n$3\r\nSET\r\n$3\r\na\0b\r\n$4\r\n\0\1\2\3\r\n"
                             "*2\r\n$3\r\nGET\r\n$3\r\na\0b\r\n*2\r\n$3\r\nGET\r\n$1\r\na\r\n";
    const char answer[] = "+OK\r\n$4\r\n\0\1\2\3\r\n$-1\r\n";
    say_bytes(fd, with_zero, sizeof with_zero - 1);
    hear_bytes(fd, answer, sizeof answer - 1);
    ask(fd, "*0\r\n*-1\r\nPING\r\n", "+PONG\r\n");
    ask(fd, "*2\r\n$3\r\nGET\r\n$0\r\n\r\n", "$-1\r\n");
}

/* More commands than any buffer holds, sent before an answer is read; and one large value. */
static void pipelined(int fd)
{
    enum { COMMANDS = 20000, LARGE = 2 << 20 };
    char text[64];
    if (fork() == 0) {
        for (int i = 0; i < COMMANDS; i++)
            say(fd, "*2\r\n$4\r\nINCR\r\n$7\r\ncounter\r\n");
        _exit(0);
    }
    for (int i = 1; i <= COMMANDS; i++) {
        snprintf(text, sizeof text, ":%d\r\n", i);
        hear(fd, text);
    }
    char *large = malloc(LARGE);
    memset(large, 'v', LARGE);
    snprintf(text, sizeof text, "*3\r\n$3\r\nSET\r\n$5\r\nlarge\r\n$%d\r\n", LARGE);
    say(fd, text);
    say_bytes(fd, large, LARGE);
    ask(fd, "\r\n", "+OK\r\n");
    snprintf(text, sizeof text, "$%d\r\n", LARGE);
    ask(fd, "GET large\r\n", text);
    hear_bytes(fd, large, LARGE);
    hear(fd, "\r\n");
    free(large);
}

/* One who does not fetch what he has asked for costs what that takes, and does not keep in
 * memory what others throw away. */
static void unread(struct server s)
{
    enum { LARGE = 400000, TIMES = 400, KIB = 100 * 1024 };
    char text[64], *large = malloc(LARGE);
    int slow = dial_small(s.port), fd = dial(s.port);
    memset(large, 'v', LARGE);
    snprintf(text, sizeof text, "*3\r\n$3\r\nSET\r\n$4\r\nmuch\r\n$%d\r\n", LARGE);
    for (int i = 0; i < TIMES; i++) {
        say(fd, text);
        say_bytes(fd, large, LARGE);
        ask(fd, "\r\n", "+OK\r\n");
        if (i == 0) {
            for (int k = 0; k < 40; k++)
                say(slow, "GET much\r\n");
            CHECK(is_answered(slow));
        }
    }
    if (test_scale(1, 0)) /* a sanitizer keeps what is freed, too */
        CHECK(server_resident(s) < KIB);
    reset(slow);
    close(fd);
    free(large);
}

static void wrong(int port, const char *command, const char *answer)
{
    int fd = dial(port);
    say(fd, command);
    hear(fd, answer);
    hear_gone(fd);
}

static void expiry(int fd)
{
    ask(fd, "SET brief 1\r\nEXPIRE brief 100\r\nEXPIRE nothing 1\r\nGET brief\r\n",
        "+OK\r\n:1\r\n:0\r\n$1\r\n1\r\n");
    ask(fd, "INCR brief\r\nEXPIRE brief soon\r\n",
        ":2\r\n-ERR value is not an integer or out of range\r\n");
    ask(fd, "EXPIRE brief 0\r\nGET brief\r\nDEL brief\r\n", ":1\r\n$-1\r\n:0\r\n");
    char line[32];
    ask(fd, "SET second 1\r\nEXPIRE second 1\r\n", "+OK\r\n:1\r\n");
    do {
        usleep(20000);
        say(fd, "MGET second\r\n");
        hear(fd, "*1\r\n");
        CHECK(hear_line(fd, line, sizeof line));
        if (strcmp(line, "$1\r") == 0)
            hear(fd, "1\r\n");
    } while (strcmp(line, "$-1\r") != 0);
}

int main(int argc, char **argv)
{
    CHECK(argc == 2);
    struct server s = server_start(argv[1], NULL);
    int fd = dial(s.port);
    commands(fd);
    pieces(fd);
    pipelined(fd);
    expiry(fd);
    unread(s);
    wrong(s.port, "*1\r\nPING\r\n", "-ERR Protocol error: expected '$'\r\n");
    wrong(s.port, "*x\r\n", "-ERR Protocol error: invalid multibulk length\r\n");
    wrong(s.port, "*9999999\r\n", "-ERR Protocol error: invalid multibulk length\r\n");
    wrong(s.port, "*1\r\n$-5\r\n", "-ERR Protocol error: invalid bulk length\r\n");
    wrong(s.port, "*1\r\n$99999999999\r\n", "-ERR Protocol error: invalid bulk length\r\n");
    wrong(s.port, "PING\r\nQUIT\r\n", "+PONG\r\n+OK\r\n");
    ask(fd, "PING\r\n", "+PONG\r\n");
    server_stop(s);
    hear_end(fd);
    return 0;
}
