/* SPDX-License-Identifier: MIT */
/* Count the letters of a text: mappers emit pairs, a pair goes to the reducer that
 * its key belongs to. */
#include <goroutine.h>
#include <stdio.h>
#include <string.h>

enum { REDUCERS = 3, LINES = 5 };

static const char *const text[LINES] = { "the quick brown fox", "jumps over", "the lazy dog",
                                         "and runs away", "into the woods" };

struct pair {
    char key;
    int value;
};

static void map(const char *line, go_chan(struct pair) *reducers)
{
    int counts[26] = { 0 };
    for (; *line; line++) {
        if (*line != ' ')
            counts[*line - 'a']++;
    }
    for (int i = 0; i < 26; i++) {
        if (counts[i])
            go_send(reducers[i % REDUCERS], (struct pair){ (char)('a' + i), counts[i] });
    }
}

static void reduce(go_chan(struct pair) in, int *totals)
{
    go_range (p, in)
        totals[p.key - 'a'] += p.value;
}

int main(void)
{
    go_chan(struct pair) reducers[REDUCERS];
    int totals[26] = { 0 };
    go_waitgroup mapping = { 0 }, reducing = { 0 };
    for (int i = 0; i < REDUCERS; i++) {
        reducers[i] = go_make(struct pair, 4);
        go_waitgroup_go(&reducing, reduce, reducers[i], totals);
    }
    for (int i = 0; i < LINES; i++)
        go_waitgroup_go(&mapping, map, text[i], reducers);
    go_waitgroup_wait(&mapping);
    for (int i = 0; i < REDUCERS; i++)
        go_close(reducers[i]);
    go_waitgroup_wait(&reducing);
    for (int i = 0; i < REDUCERS; i++)
        go_drop(reducers[i]);
    for (int i = 0; i < 26; i++) {
        if (totals[i])
            printf("%c %d\n", 'a' + i, totals[i]);
    }
}
