/* SPDX-License-Identifier: MIT */
/* A once for every key, and onces that need each other's results. */
#include <goroutine.h>
#include <stdio.h>

enum { KEYS = 10, ASKERS = 8 };

struct entry {
    go_once once;
    int key, made;
    int64_t value;
};

static struct entry entries[KEYS];

static int64_t get(int key);

/* make is fib(key), from the entries before it. */
static void make(void *arg)
{
    struct entry *e = arg;
    e->made++;
    e->value = e->key < 2 ? e->key : get(e->key - 1) + get(e->key - 2);
}

static int64_t get(int key)
{
    go_once_do(&entries[key].once, make, &entries[key]);
    return entries[key].value;
}

static void ask(int first, int64_t *sum)
{
    for (int i = 0; i < KEYS; i++)
        *sum += get((first + i * 3) % KEYS);
}

int main(void)
{
    int64_t sums[ASKERS] = { 0 };
    for (int i = 0; i < KEYS; i++)
        entries[i].key = i;
    go_waitgroup wg = { 0 };
    for (int i = 0; i < ASKERS; i++)
        go_waitgroup_go(&wg, ask, i, &sums[i]);
    go_waitgroup_wait(&wg);
    int made = 0, right = 0;
    for (int i = 0; i < KEYS; i++)
        made += entries[i].made;
    for (int i = 0; i < ASKERS; i++)
        right += sums[i] == sums[0];
    printf("made %d, last %lld, sum %lld, right %d\n", made, (long long)get(KEYS - 1),
           (long long)sums[0], right);
}
