/* SPDX-License-Identifier: MIT */
/* A hash table with a lock per stripe: writers of different stripes do not meet. */
#include <goroutine.h>
#include <stdio.h>

enum { STRIPES = 4, KEYS = 64, WRITERS = 8, WRITES = 400 };

struct stripe {
    go_mutex mu;
    int values[KEYS / STRIPES];
};

static struct stripe table[STRIPES];

static void add(int key, int n)
{
    struct stripe *s = &table[key % STRIPES];
    go_with_lock (&s->mu)
        s->values[key / STRIPES] += n;
}

static void writer(int id)
{
    uint32_t seed = (uint32_t)id * 2654435761u;
    for (int i = 0; i < WRITES; i++) {
        seed = seed * 1664525 + 1013904223;
        add((int)(seed >> 26), 1);
    }
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int id = 1; id <= WRITERS; id++)
        go_waitgroup_go(&wg, writer, id);
    go_waitgroup_wait(&wg);
    int total = 0;
    for (int s = 0; s < STRIPES; s++) {
        printf("stripe %d:", s);
        for (int k = 0; k < KEYS / STRIPES; k++) {
            printf(" %d", table[s].values[k]);
            total += table[s].values[k];
        }
        printf("\n");
    }
    printf("total %d\n", total);
}
