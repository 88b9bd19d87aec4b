/* SPDX-License-Identifier: MIT */
/* Taking a mutex only if it is free. */
#include <goroutine.h>
#include <stdio.h>

static go_mutex mu;

static void attempt(const char *who)
{
    if (!go_mutex_try_lock(&mu)) {
        printf("%s: taken\n", who);
        return;
    }
    printf("%s: mine\n", who);
    go_mutex_unlock(&mu);
}

static void other(go_chan(char) done)
{
    attempt("other");
    go_send(done, 1);
}

int main(void)
{
    go_chan(char) done = go_make(char, 0);
    attempt("main");
    go_mutex_lock(&mu);
    attempt("main, holding it");
    go(other, done);
    go_recv(done, NULL);
    go_mutex_unlock(&mu);
    go(other, done);
    go_recv(done, NULL);
    attempt("main again");
    go_drop(done);
}
