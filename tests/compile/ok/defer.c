/* SPDX-License-Identifier: MIT */
/* go_defer, go_recover and go_start: what they take, where they may stand. */
#include <goroutine.h>

struct pair {
    double d;
    int i;
};

static int64_t calls;

static void none(void)
{
    calls++;
}

static int sum(char c, double d, const char *s, struct pair p)
{
    calls += c + (int)d + (s != NULL) + p.i;
    return 1;
}

static _Noreturn void fail(int v)
{
    go_panic("%d", v);
}

static void defers(int way)
{
    go_defer(none);
    struct pair p = { 1.5, 2 };
    go_defer(sum, 'a', 2, "s", p);
    go_defer(sum, 'a', 2.5f, NULL, ((struct pair){ 1, 2 }));
    void (*f)(void) = none;
    go_defer(f);
    for (int i = 0; i < 2; i++) {
        go_defer(none);
        if (way == 1)
            return;
    }
    switch (way) {
    case 2: {
        go_defer(none);
        break;
    }
    default:
        if (way == 3)
            goto out;
    }
    {
        go_defer(sum, 'b', 1.0L, "", p);
    }
    calls++;
out:
    calls++;
}

static void nested(int way)
{
    go_recovered r;
    if (go_recover(&r, fail, way) && r.text[0] == '0' + way)
        calls++;
    go_defer(none);
    if (!go_recover(NULL, defers, way))
        calls++;
}

int main(void)
{
    for (int way = 0; way < 4; way++)
        defers(way);
    go_recovered r;
    bool panicked = go_recover(&r, nested, 1);
    int64_t before = calls;
    go_handle *h = go_start(nested, 2);
    go_join(h);
    go_join(go_start_with(go_attr(.name = "named"), sum, 1, 2, "three", ((struct pair){ 4, 5 })));
    go_handle *d = go_start(none);
    go_detach(d);
    return panicked || calls <= before;
}
