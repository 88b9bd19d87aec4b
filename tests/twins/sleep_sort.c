/* SPDX-License-Identifier: MIT */
/* Sort numbers by sleeping for as long as each is large.  Only time keeps the order, so
 * if any arrives late they are sorted once more, with twice the time. */
#include <goroutine.h>
#include <stdio.h>

enum { COUNT = 5 };

static void sleeper(int64_t d, int n, go_chan(int) out)
{
    go_sleep(d);
    go_send(out, n);
}

static bool sort(int64_t unit, int sorted[COUNT])
{
    static const int numbers[COUNT] = { 4, 1, 3, 0, 2 };
    int64_t start = go_now();
    bool in_time = true;
    go_chan(int) out = go_make(int, COUNT);
    for (int i = 0; i < COUNT; i++)
        go(sleeper, numbers[i] * unit, numbers[i], out);
    for (int i = 0; i < COUNT; i++) {
        go_recv(out, &sorted[i]);
        if (go_now() - start > i * unit + unit / 2)
            in_time = false;
    }
    go_drop(out);
    return in_time;
}

int main(void)
{
    int sorted[COUNT];
    for (int64_t unit = 20 * GO_MILLISECOND; !sort(unit, sorted); unit *= 2)
        ;
    for (int i = 0; i < COUNT; i++)
        printf("%d\n", sorted[i]);
}
