/* SPDX-License-Identifier: MIT */
/* What may be taken beside what: readers beside readers, a writer alone. */
#include <goroutine.h>
#include <stdio.h>

static go_rwmutex mu;

static void attempt(const char *state)
{
    bool r = go_rwmutex_try_rlock(&mu);
    if (r)
        go_rwmutex_runlock(&mu);
    bool w = go_rwmutex_try_lock(&mu);
    if (w)
        go_rwmutex_unlock(&mu);
    printf("%s: reader %s, writer %s\n", state, r ? "true" : "false", w ? "true" : "false");
}

static void read_once(go_chan(char) in, go_chan(char) out)
{
    go_rwmutex_rlock(&mu);
    go_send(in, 1);
    go_recv(out, NULL);
    go_rwmutex_runlock(&mu);
    go_send(in, 1);
}

int main(void)
{
    attempt("free");
    go_chan(char) in = go_make(char, 0), out = go_make(char, 0);
    for (int i = 0; i < 3; i++) {
        go(read_once, in, out);
        go_recv(in, NULL);
    }
    attempt("three readers");
    for (int i = 2; i >= 0; i--) {
        go_send(out, 1);
        go_recv(in, NULL);
        attempt(i ? "fewer readers" : "no readers");
    }
    go_rwmutex_lock(&mu);
    attempt("one writer");
    go_rwmutex_unlock(&mu);
    attempt("free again");
    go_drop(in);
    go_drop(out);
}
