/* SPDX-License-Identifier: MIT */
/* A configuration that is replaced while others read it: what they see is always
 * one of the versions, never a mixture, and never an older one than before. */
#include <goroutine.h>
#include <stdio.h>

enum { VERSIONS = 50, READERS = 4 };

struct config {
    int version, square;
};

static struct config versions[VERSIONS];
static go_ptr(const struct config) current;
static go_int32 bad;

static void reader(void)
{
    for (int last = 0; last < VERSIONS - 1;) {
        const struct config *c = go_ptr_load(&current);
        if (c->square != c->version * c->version || c->version < last)
            go_int32_add(&bad, 1);
        last = c->version;
        go_yield();
    }
}

int main(void)
{
    printf("at first nil: %s\n", go_ptr_load(&current) ? "false" : "true");
    go_ptr_store(&current, &versions[0]);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < READERS; i++)
        go_waitgroup_go(&wg, reader);
    for (int v = 1; v < VERSIONS; v++) {
        versions[v] = (struct config){ v, v * v };
        if (!go_ptr_compare_and_swap(&current, &versions[v - 1], &versions[v]))
            printf("somebody else wrote\n");
        go_yield();
    }
    go_waitgroup_wait(&wg);
    printf("bad reads %d\n", go_int32_load(&bad));
    bool stale = go_ptr_compare_and_swap(&current, &versions[0], &versions[1]);
    printf("swap of an old one: %s\n", stale ? "true" : "false");
    const struct config *last = go_ptr_swap(&current, NULL);
    printf("last version %d\n", last->version);
}
