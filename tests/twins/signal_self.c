/* SPDX-License-Identifier: MIT */
/* Signals that a program sends to itself: to two channels, until one stops; a full one. */
#include <goroutine.h>
#include <goroutine/net.h>
#include <stdio.h>
#include <unistd.h>

static void take(const char *name, go_chan(int) c)
{
    int sig = 0;
    go_recv(c, &sig);
    printf("%s %s\n", name, sig == SIGUSR1 ? "user defined signal 1" : "user defined signal 2");
}

int main(void)
{
    go_chan(int) a = go_make(int, 1), b = go_make(int, 1);
    go_signal_notify(a, SIGUSR1, SIGUSR2);
    go_signal_notify(b, SIGUSR1);
    kill(getpid(), SIGUSR1);
    take("a", a);
    take("b", b);
    kill(getpid(), SIGUSR2);
    take("a", a);
    go_signal_stop(b);
    kill(getpid(), SIGUSR1);
    take("a", a);
    printf("b %zu\n", go_len(b));
    go_signal_ignore(SIGUSR1);
    printf("%s\n", go_signal_ignored(SIGUSR1) ? "true" : "false");
    kill(getpid(), SIGUSR1);
    kill(getpid(), SIGUSR2);
    take("a", a);
    printf("a %zu\n", go_len(a));
    go_signal_reset(SIGUSR1);
    go_signal_stop(a);
    go_context *ctx = go_signal_context(go_context_background(), SIGTERM);
    kill(getpid(), SIGTERM);
    go_recv(go_context_done(ctx), NULL);
    printf("%s\n", go_context_error_text(go_context_err(ctx)));
    go_context_drop(ctx);
    go_drop(a);
    go_drop(b);
}
