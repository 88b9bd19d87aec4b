/* SPDX-License-Identifier: MIT */
/* Pattern: a merge sets each input to nil when it is closed, and forgets to end when both
 * are.
 * Report: main, in its select. */
#include "corpus.h"

static void emit(go_chan(int) c, int n)
{
    for (int i = 0; i < n; i++)
        go_send(c, i);
    go_close(c);
}

static int merge(go_chan(int) a, go_chan(int) b)
{
    int v, sum = 0;
    for (;;) {
        int i = go_select(go_on_recv(a, &v), go_on_recv(b, &v));
        if (go_selected_ok())
            sum += v;
        else if (i == 0)
            a = NULL;
        else
            b = NULL;
    }
    return sum;
}

int main(void)
{
    go_chan(int) a = go_make(int, 0), b = go_make(int, 0);
    go(emit, a, 3);
    go(emit, b, 5);
    return merge(a, b);
}
