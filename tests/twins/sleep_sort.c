/* SPDX-License-Identifier: MIT */
/* Sort numbers by sleeping for as long as each is large.  Only time keeps the order
 * here, so nothing else should keep the machine busy.
 *
 * test: serial */
#include <goroutine.h>
#include <stdio.h>

enum { COUNT = 5 };

static void sleeper(int n, go_chan(int) out)
{
    go_sleep(n * 250 * GO_MILLISECOND);
    go_send(out, n);
}

int main(void)
{
    static const int numbers[COUNT] = { 4, 1, 3, 0, 2 };
    go_chan(int) out = go_make(int, COUNT);
    for (int i = 0; i < COUNT; i++)
        go(sleeper, numbers[i], out);
    for (int i = 0; i < COUNT; i++) {
        int n;
        go_recv(out, &n);
        printf("%d\n", n);
    }
    go_drop(out);
}
