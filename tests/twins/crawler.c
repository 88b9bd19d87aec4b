/* SPDX-License-Identifier: MIT */
/* Follow the links of a small web, each page once, pages fetched side by side. */
#include <goroutine.h>
#include <stdio.h>

enum { PAGES = 12 };

static const int links[PAGES][2] = {
    { 1, 2 }, { 3, 4 }, { 4, 5 }, { 0, 6 }, { 6, 6 },   { 7, 2 },
    { 8, 8 }, { 8, 9 }, { 0, 0 }, { 5, 9 }, { 11, 11 }, { 10, 10 }
};

struct crawler {
    go_mutex mu;
    bool visited[PAGES];
    go_waitgroup wg;
};

/* claim tells whether page is new, and marks it. */
static bool claim(struct crawler *c, int page)
{
    bool is_new = false;
    go_with_lock (&c->mu) {
        is_new = !c->visited[page];
        c->visited[page] = true;
    }
    return is_new;
}

static void crawl(struct crawler *c, int page)
{
    for (int i = 0; i < 2; i++) {
        int next = links[page][i];
        if (claim(c, next))
            go_waitgroup_go(&c->wg, crawl, c, next);
    }
}

int main(void)
{
    struct crawler c = { 0 };
    claim(&c, 0);
    go_waitgroup_go(&c.wg, crawl, &c, 0);
    go_waitgroup_wait(&c.wg);

    for (int page = 0; page < PAGES; page++)
        printf("page %d %s\n", page, c.visited[page] ? "reached" : "is cut off");
}
