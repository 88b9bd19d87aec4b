/* SPDX-License-Identifier: MIT */
/* signal.h: what a signal does when no channel wants it: what it did before; the program's
 * own handlers and the library's come back, and go_signal_ignore and go_signal_reset do what
 * they say. */
#include "support.h"

#include <goroutine.h>
#include <goroutine/net.h>

static int handled; /* atomic */

static void own_handler(int sig)
{
    __atomic_store_n(&handled, sig, __ATOMIC_SEQ_CST);
}

static void send_self(int sig)
{
    CHECK_EQ(kill(getpid(), sig), 0);
}

static void wait_handled(int sig)
{
    while (__atomic_exchange_n(&handled, 0, __ATOMIC_SEQ_CST) != sig)
        go_sleep(GO_MILLISECOND);
}

static void (*handler_of(int sig))(int)
{
    struct sigaction now;
    CHECK_EQ(sigaction(sig, NULL, &now), 0);
    return now.sa_handler;
}

static void own_comes_back(void)
{
    go_chan(int) c = go_make(int, 1);
    signal(SIGUSR1, own_handler);
    send_self(SIGUSR1);
    wait_handled(SIGUSR1);
    CHECK_EQ(go_signal_notify(c, SIGUSR1), 0);
    send_self(SIGUSR1);
    CHECK(go_recv(c, NULL));
    CHECK_EQ(__atomic_load_n(&handled, __ATOMIC_SEQ_CST), 0);
    go_signal_stop(c);
    send_self(SIGUSR1);
    wait_handled(SIGUSR1);
    CHECK_EQ(go_len(c), 0);

    CHECK_EQ(go_signal_ignore(SIGUSR1), 0);
    CHECK(go_signal_ignored(SIGUSR1));
    send_self(SIGUSR1);
    CHECK_EQ(go_signal_notify(c, SIGUSR1), 0);
    CHECK(!go_signal_ignored(SIGUSR1));
    send_self(SIGUSR1);
    CHECK(go_recv(c, NULL));
    CHECK_EQ(go_signal_ignore(SIGUSR1), 0);
    send_self(SIGUSR1);
    CHECK_EQ(go_signal_reset(SIGUSR1), 0);
    CHECK_EQ(__atomic_load_n(&handled, __ATOMIC_SEQ_CST), 0);
    CHECK_EQ(go_len(c), 0);
    send_self(SIGUSR1);
    wait_handled(SIGUSR1);
    go_signal_stop(c);
    signal(SIGUSR1, SIG_DFL);
    go_drop(c);
}

static void somebody_elses_stays(void)
{
    go_chan(int) c = go_make(int, 1);
    CHECK_EQ(go_signal_notify(c, SIGUSR2), 0);
    signal(SIGUSR2, own_handler); /* beside the library */
    go_signal_stop(c);
    send_self(SIGUSR2);
    wait_handled(SIGUSR2);
    signal(SIGUSR2, SIG_DFL);
    go_drop(c);
}

static void quit_and_all(void)
{
    go_chan(int) c = go_make(int, 100);
    void (*dump)(int) = handler_of(SIGQUIT);
    void (*fault)(int) = handler_of(SIGSEGV);
    CHECK(dump != SIG_DFL);
    CHECK_EQ(go_signal_notify(c), 0);
    CHECK(handler_of(SIGQUIT) != dump);
    CHECK(handler_of(SIGSEGV) == fault);
    send_self(SIGQUIT);
    int sig = 0;
    while (sig != SIGQUIT)
        CHECK(go_recv(c, &sig));
    CHECK_EQ(go_signal_reset(), 0);
    CHECK(handler_of(SIGQUIT) == dump);
    CHECK(handler_of(SIGINT) == SIG_DFL);
    CHECK_EQ(go_signal_ignore(), 0);
    send_self(SIGINT);
    send_self(SIGTERM);
    CHECK_EQ(go_signal_reset(), 0);
    CHECK(handler_of(SIGINT) == SIG_DFL);
    CHECK_EQ(go_len(c), 0);
    go_drop(c); /* the last: reset has let go of it */
}

/* As a child: the default action is the default one, before and after. */
static void as_child(const char *what)
{
    go_chan(int) c = go_make(int, 1);
    CHECK_EQ(go_signal_notify(c, SIGTERM), 0);
    send_self(SIGTERM);
    CHECK(go_recv(c, NULL));
    if (strcmp(what, "stop") == 0)
        go_signal_stop(c);
    else if (strcmp(what, "reset") == 0)
        go_signal_reset(SIGTERM);
    else if (strcmp(what, "fork") == 0 && fork() == 0)
        kill(getpid(), SIGTERM); /* nobody would look there: it must not be swallowed */
    else if (strcmp(what, "fork") == 0) {
        int status;
        CHECK(wait(&status) > 0);
        _Exit(WIFSIGNALED(status) ? WTERMSIG(status) : 0);
    }
    send_self(SIGTERM);
    for (;;)
        go_sleep(GO_SECOND);
}

int main(int argc, char **argv)
{
    char err[1000];
    const char *what = child_arg(argc, argv);
    if (what)
        as_child(what);
    own_comes_back();
    somebody_elses_stays();
    quit_and_all();
    CHECK_EQ(child_run("stop", err, sizeof err), 128 + SIGTERM);
    CHECK_EQ(child_run("reset", err, sizeof err), 128 + SIGTERM);
    CHECK_EQ(child_run("fork", err, sizeof err), SIGTERM);
}
