/* SPDX-License-Identifier: MIT */
/* Two trees of different shape hold the same numbers: walk both at once, by
 * channels, and compare. */
#include <goroutine.h>
#include <stdio.h>

enum { COUNT = 20 };

struct tree {
    struct tree *left, *right;
    int value;
};

static void insert(struct tree **at, struct tree *leaf, int value)
{
    leaf->value = value;
    while (*at)
        at = value < (*at)->value ? &(*at)->left : &(*at)->right;
    *at = leaf;
}

static void visit(const struct tree *t, go_chan(int) c)
{
    if (t) {
        visit(t->left, c);
        go_send(c, t->value);
        visit(t->right, c);
    }
}

static void walk(const struct tree *t, go_chan(int) c)
{
    visit(t, c);
    go_close(c);
}

static const char *same(const struct tree *a, const struct tree *b)
{
    go_chan(int) ca = go_make(int, 0), cb = go_make(int, 0);
    go(walk, a, ca);
    go(walk, b, cb);
    bool equal = true, oka, okb;
    do {
        int va, vb;
        oka = go_recv(ca, &va);
        okb = go_recv(cb, &vb);
        equal = equal && oka == okb && va == vb;
    } while (oka || okb);
    go_drop(ca);
    go_drop(cb);
    return equal ? "true" : "false";
}

int main(void)
{
    static struct tree nodes[3][COUNT];
    struct tree *up = NULL, *down = NULL, *other = NULL;
    for (int i = 0; i < COUNT; i++) {
        insert(&up, &nodes[0][i], i + 1);
        insert(&down, &nodes[1][i], COUNT - i);
        insert(&other, &nodes[2][i], (i + 1) * (i + 1));
    }
    printf("up and down: %s\n", same(up, down));
    printf("up and other: %s\n", same(up, other));
    printf("up and itself: %s\n", same(up, up));
}
