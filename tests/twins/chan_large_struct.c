/* SPDX-License-Identifier: MIT */
/* Elements of four kilobytes are copied whole: through a buffer, and from
 * goroutine to goroutine. */
#include <goroutine.h>
#include <stdio.h>

struct page {
    uint32_t words[1024];
};

static void fill(struct page *p, uint32_t seed)
{
    for (int i = 0; i < 1024; i++)
        p->words[i] = seed = seed * 1664525 + 1013904223;
}

static uint32_t sum(const struct page *p)
{
    uint32_t s = 0;
    for (int i = 0; i < 1024; i++)
        s = s * 31 + p->words[i];
    return s;
}

static void writer(go_chan(struct page) out)
{
    struct page p;
    for (uint32_t seed = 1; seed <= 5; seed++) {
        fill(&p, seed);
        go_send(out, p);
        fill(&p, 0); /* what was sent is a copy */
    }
    go_close(out);
}

static void pass(int room)
{
    go_chan(struct page) c = go_make(struct page, room);
    go(writer, c);
    struct page p;
    while (go_recv(c, &p))
        printf("room %d: %u\n", room, (unsigned)sum(&p));
    printf("after the end: %u\n", (unsigned)sum(&p));
    go_drop(c);
}

int main(void)
{
    pass(0);
    pass(2);
    pass(8);
}
