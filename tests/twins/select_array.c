/* SPDX-License-Identifier: MIT */
/* A select over an array of cases that is made while the program runs, and grows
 * smaller as the sources end. */
#include <goroutine.h>
#include <stdio.h>

enum { SOURCES = 20 };

static void source(go_chan(int) out, int id)
{
    for (int i = 0; i < id; i++)
        go_send(out, id * 100 + i);
    go_close(out);
}

int main(void)
{
    go_chan(int) in[SOURCES];
    int got[SOURCES], ids[SOURCES], values[SOURCES] = { 0 }, sums[SOURCES] = { 0 };
    struct go_case cases[SOURCES];
    for (int i = 0; i < SOURCES; i++) {
        in[i] = go_make(int, i % 3);
        cases[i] = go_on_recv(in[i], &got[i]);
        ids[i] = i;
        go(source, in[i], i);
    }
    for (int n = SOURCES; n > 0;) {
        int chosen = go_select_cases(cases, n);
        int id = ids[chosen];
        if (go_selected_ok()) {
            values[id]++;
            sums[id] += got[id];
        } else { /* the last case takes its place */
            n--;
            cases[chosen] = cases[n];
            ids[chosen] = ids[n];
        }
    }
    for (int i = 0; i < SOURCES; i++) {
        printf("source %d: %d values, sum %d\n", i, values[i], sums[i]);
        go_drop(in[i]);
    }
}
