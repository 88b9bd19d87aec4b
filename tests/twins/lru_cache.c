/* SPDX-License-Identifier: MIT */
/* The least recently used goes first: a list and a lock. */
#include <goroutine.h>
#include <stdio.h>

enum { ROOM = 4, KEYS = 10 };

struct cache {
    go_mutex mu;
    int keys[ROOM], values[ROOM], n; /* the most recently used first */
    int hits, misses;
};

/* front moves the entry at i to the front. */
static void front(struct cache *c, int i)
{
    int key = c->keys[i], value = c->values[i];
    for (; i > 0; i--) {
        c->keys[i] = c->keys[i - 1];
        c->values[i] = c->values[i - 1];
    }
    c->keys[0] = key;
    c->values[0] = value;
}

static int get(struct cache *c, int key)
{
    int value = 0;
    go_with_lock (&c->mu) {
        int i = 0;
        while (i < c->n && c->keys[i] != key)
            i++;
        if (i < c->n) {
            c->hits++;
        } else {
            c->misses++;
            if (c->n < ROOM)
                c->n++;
            i = c->n - 1; /* of the last one only the place is kept */
            c->keys[i] = key;
            c->values[i] = key * key;
        }
        front(c, i);
        value = c->values[0];
    }
    return value;
}

static void show(struct cache *c)
{
    for (int i = 0; i < c->n; i++)
        printf("%d=%d ", c->keys[i], c->values[i]);
    printf("hits %d misses %d\n", c->hits, c->misses);
}

static void user(struct cache *c, int id, int *wrong)
{
    for (int i = 0; i < 100; i++) {
        int key = (i * id + i / 3) % KEYS;
        *wrong += get(c, key) != key * key;
    }
}

int main(void)
{
    static const int keys[] = { 1, 2, 3, 4, 1, 5, 2, 1, 6, 1 };
    struct cache c = { 0 };
    for (int i = 0; i < 10; i++) {
        get(&c, keys[i]);
        show(&c);
    }
    int wrong[4] = { 0 };
    go_waitgroup wg = { 0 };
    for (int id = 0; id < 4; id++)
        go_waitgroup_go(&wg, user, &c, id + 1, &wrong[id]);
    go_waitgroup_wait(&wg);
    printf("asked %d wrong %d\n", c.hits + c.misses, wrong[0] + wrong[1] + wrong[2] + wrong[3]);
}
