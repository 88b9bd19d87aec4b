/* SPDX-License-Identifier: MIT */
/* Map and reduce: every line is counted by its own goroutine, one adds up. */
#include <goroutine.h>
#include <stdio.h>

enum { LINES = 5 };

static const char *const lines[LINES] = {
    "do not communicate by sharing memory",
    "share memory by communicating",
    "",
    "channels orchestrate",
    "mutexes serialize",
};

struct tally {
    int words, letters, longest;
};

static int max(int a, int b)
{
    return a > b ? a : b;
}

static void count(const char *line, go_chan(struct tally) out)
{
    struct tally t = { 0 };
    int length = 0;
    for (const char *p = line;; p++) {
        if (*p && *p != ' ') {
            length++;
            continue;
        }
        if (length > 0) {
            t.words++;
            t.letters += length;
            t.longest = max(t.longest, length);
        }
        length = 0;
        if (!*p)
            break;
    }
    go_send(out, t);
}

int main(void)
{
    go_chan(struct tally) out = go_make(struct tally, 0);
    for (int i = 0; i < LINES; i++)
        go(count, lines[i], out);
    struct tally sum = { 0 };
    for (int i = 0; i < LINES; i++) {
        struct tally t;
        go_recv(out, &t);
        sum.words += t.words;
        sum.letters += t.letters;
        sum.longest = max(sum.longest, t.longest);
    }
    printf("words %d letters %d longest %d\n", sum.words, sum.letters, sum.longest);
    go_drop(out);
}
