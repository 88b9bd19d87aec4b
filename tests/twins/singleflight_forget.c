/* SPDX-License-Identifier: MIT */
/* What is under way when its key is forgotten is not given to those who ask later. */
#include <goroutine.h>
#include <stdio.h>

static go_singleflight flights;
static go_chan(int) old_goes_on, begun;

static int old(void *arg, void **value)
{
    (void)arg;
    go_send(begun, 1);
    go_recv(old_goes_on, NULL);
    *value = "old";
    return 0;
}

static int new (void *arg, void **value)
{
    (void)arg;
    *value = "new";
    return 0;
}

static void ask(go_chan(char *) out)
{
    go_send(out, go_singleflight_do(&flights, "k", old, NULL).value);
}

int main(void)
{
    go_chan(char *) out = go_make(char *, 0);
    char *text;
    old_goes_on = go_make(int, 0);
    begun = go_make(int, 0);
    go(ask, out);
    go_recv(begun, NULL);
    go_singleflight_forget(&flights, "k");
    go_flight f = go_singleflight_do(&flights, "k", new, NULL);
    printf("later: %s\n", (char *)f.value);
    go_close(old_goes_on);
    go_recv(out, &text);
    printf("earlier: %s\n", text);
    go_singleflight_forget(&flights, "nothing under way");
    go_drop(out);
    go_drop(begun);
    go_drop(old_goes_on);
}
