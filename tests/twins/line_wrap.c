/* SPDX-License-Identifier: MIT */
/* Three coroutines: one takes lines apart, one makes of every pair of asterisks a
 * caret, one puts lines of another length together. */
#include <goroutine.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 24 };

static const char *const cards[] = { "the power x**2 of a number", "and x**3**4, with * alone,",
                                     "a ** between and one at the end*", "***" };

static void disassemble(go_chan(char) out)
{
    for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++) {
        for (const char *s = cards[i]; *s; s++)
            go_send(out, *s);
        go_send(out, ' ');
    }
    go_close(out);
}

static void squash(go_chan(char) in, go_chan(char) out)
{
    char c;
    while (go_recv(in, &c)) {
        if (c != '*') {
            go_send(out, c);
            continue;
        }
        char next;
        if (!go_recv(in, &next)) {
            go_send(out, '*');
            break;
        }
        if (next == '*') {
            go_send(out, '^');
        } else {
            go_send(out, '*');
            go_send(out, next);
        }
    }
    go_close(out);
}

int main(void)
{
    go_chan(char) apart = go_make(char, 0), squashed = go_make(char, 0);
    go(disassemble, apart);
    go(squash, apart, squashed);
    char line[WIDTH + 1] = { 0 };
    int n = 0;
    go_range (c, squashed) {
        line[n++] = c;
        if (n == WIDTH) {
            printf("|%s|\n", line);
            memset(line, 0, sizeof(line));
            n = 0;
        }
    }
    printf("|%s|\n", line);
    go_drop(apart);
    go_drop(squashed);
}
