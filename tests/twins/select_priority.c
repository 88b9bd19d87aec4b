/* SPDX-License-Identifier: MIT */
/* Urgent messages first: one look at the urgent channel alone, then a wait for
 * both. */
#include <goroutine.h>
#include <stdio.h>

/* next takes an urgent message if there is one, else whatever comes first. */
static bool next(go_chan(int) urgent, go_chan(int) normal, int *v)
{
    if (go_select(go_on_recv(urgent, v), go_default()) == 0)
        return go_selected_ok();
    switch (go_select(go_on_recv(urgent, v), go_on_recv(normal, v))) {
    default:
        return go_selected_ok();
    }
}

int main(void)
{
    go_chan(int) urgent = go_make(int, 8), normal = go_make(int, 8);
    int v;
    for (int i = 1; i <= 4; i++)
        go_send(normal, i);
    for (int i = 101; i <= 103; i++)
        go_send(urgent, i);
    for (int i = 0; i < 5; i++) {
        next(urgent, normal, &v);
        printf("%d\n", v);
    }
    go_send(urgent, 104);
    for (int i = 0; i < 2; i++) {
        next(urgent, normal, &v);
        printf("%d\n", v);
    }
    go_close(urgent);
    printf("closed before the rest: %s\n", next(urgent, normal, &v) ? "false" : "true");
    printf("left behind: %zu\n", go_len(normal));
    go_drop(urgent);
    go_drop(normal);
}
