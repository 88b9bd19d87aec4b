/* SPDX-License-Identifier: MIT */
/* sync.Map: goroutines count the words of a text, each its own lines, by compare and
 * swap; printed in the order of the words. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const text[] = {
    "the gopher digs and the gopher eats",  "a channel is a pipe and a pipe is a queue",
    "the map counts the words of the text", "and the text is counted by the map",
    "eats and digs and eats and digs",
};

enum { LINES = sizeof text / sizeof text[0], MAX = 64 };

static go_map counts = GO_MAP_INIT(&go_map_strings);

static void count(const char *word)
{
    void *n;
    for (;;) {
        int r = go_map_load_or_store(&counts, word, (void *)1, &n);
        if (r < 0)
            abort();
        if (r == 0 || go_map_compare_and_swap(&counts, word, n, (char *)n + 1) == 1)
            return;
    }
}

static void read_line(int line, int times)
{
    while (times--) {
        char copy[80], *rest = NULL;
        snprintf(copy, sizeof copy, "%s", text[line]);
        for (char *w = strtok_r(copy, " ", &rest); w; w = strtok_r(NULL, " ", &rest))
            count(w);
    }
}

struct list {
    const char *word[MAX];
    int n;
};

static bool collect(const void *key, void *value, void *arg)
{
    struct list *l = arg;
    (void)value;
    l->word[l->n++] = key;
    return true;
}

static int earlier(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int i = 0; i < LINES; i++)
        go_waitgroup_go(&wg, read_line, i, 20);
    go_waitgroup_wait(&wg);
    go_with_map(&counts)
    { /* the map's keys are ours to look at */
        struct list l = { .n = 0 };
        go_map_range(&counts, collect, &l);
        qsort(l.word, (size_t)l.n, sizeof l.word[0], earlier);
        for (int i = 0; i < l.n; i++) {
            void *n;
            go_map_load(&counts, l.word[i], &n);
            printf("%s %d\n", l.word[i], (int)(intptr_t)n);
        }
    }
    go_map_free(&counts);
}
