/* SPDX-License-Identifier: MIT */
/* Waiting for a group, for a place in it, or for a once, but not for ever. */
#include <goroutine.h>
#include <stdio.h>

static int hold_on(go_chan(int) gate, int n)
{
    go_recv(gate, NULL);
    return n;
}

static void show(const char *what, int err)
{
    printf("%s: %s\n", what, err ? go_context_error_text(err) : "done");
}

static void groups(go_chan(int) gate, go_context *ended)
{
    go_group *g = go_group_new(NULL);
    int first = 0;
    go_group_set_limit(g, 1);
    show("a place", go_group_go_until(g, go_now() + GO_HOUR, hold_on, gate, 0));
    show("another", go_group_go_until(g, go_now() + 2 * GO_MILLISECOND, hold_on, gate, 0));
    show("and one", go_group_go_ctx(g, ended, hold_on, gate, 0));
    show("the end", go_group_wait_until(g, go_now() + 2 * GO_MILLISECOND, &first));
    show("its end", go_group_wait_ctx(g, ended, &first));
    go_send(gate, 0);
    show("at last", go_group_wait_ctx(g, NULL, &first));
}

static go_once_func once;
static go_once_value(int) answer;

static int slow(go_chan(int) begun, go_chan(int) gate)
{
    go_send(begun, 0);
    go_recv(gate, NULL);
    return 42;
}

static void both(go_chan(int) begun, go_chan(int) gate)
{
    go_once_call(&once, slow, begun, gate);
    (void)go_once_get(&answer, slow, begun, gate);
}

static void onces(go_chan(int) gate, go_context *ended)
{
    go_chan(int) begun = go_make(int, 0);
    go_handle *h = go_start(both, begun, gate);
    int v = 0;
    go_recv(begun, NULL);
    show("call", go_once_call_until(&once, go_now() + 2 * GO_MILLISECOND, slow, begun, gate));
    show("call", go_once_call_ctx(&once, ended, slow, begun, gate));
    go_send(gate, 0);
    go_recv(begun, NULL);
    show("get", go_once_get_until(&answer, &v, go_now() + 2 * GO_MILLISECOND, slow, begun, gate));
    show("get", go_once_get_ctx(&answer, &v, ended, slow, begun, gate));
    go_send(gate, 0);
    show("get", go_once_get_ctx(&answer, &v, NULL, slow, begun, gate));
    printf("%d\n", v);
    go_join(h);
    go_drop(begun);
}

int main(void)
{
    go_chan(int) gate = go_make(int, 0);
    go_context *ended = go_context_with_cancel(go_context_background());
    go_context_cancel(ended);
    groups(gate, ended);
    onces(gate, ended);
    go_context_drop(ended);
    go_drop(gate);
}
