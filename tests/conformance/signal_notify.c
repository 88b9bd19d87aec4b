/* SPDX-License-Identifier: MIT */
/* signal.h: signals arrive in the channels that want them, as Go's signal.Notify says. */
#include "support.h"

#include <goroutine.h>
#include <goroutine/net.h>

/* A signal that was sent may yet come when the last channel has stopped. */
static void late(int sig)
{
    (void)sig;
}

/* To this thread: it is caught when the call returns.  One that is sent to the process may
 * be caught by another thread, after those that are sent later. */
static void send_self(int sig)
{
    CHECK_EQ(raise(sig), 0);
}

static int receive(go_chan(int) c)
{
    int sig = 0;
    CHECK(go_recv(c, &sig));
    return sig;
}

/* Everything that was caught before has been passed on. */
static void settle(void)
{
    go_chan(int) c = go_make(int, 1);
    CHECK_EQ(go_signal_notify(c, SIGWINCH), 0);
    send_self(SIGWINCH);
    CHECK_EQ(receive(c), SIGWINCH);
    go_signal_stop(c);
    go_drop(c);
}

static void one_and_several(void)
{
    go_chan(int) a = go_make(int, 10);
    go_chan(int) b = go_make(int, 10);
    CHECK_EQ(go_signal_notify(a, SIGUSR1), 0);
    send_self(SIGUSR1);
    CHECK_EQ(receive(a), SIGUSR1);
    CHECK_EQ(go_signal_notify(b, SIGUSR1, SIGUSR2), 0);
    send_self(SIGUSR1);
    CHECK_EQ(receive(a), SIGUSR1);
    CHECK_EQ(receive(b), SIGUSR1);
    send_self(SIGUSR2);
    CHECK_EQ(receive(b), SIGUSR2);
    CHECK_EQ(go_signal_notify(a, SIGUSR2), 0); /* adds */
    send_self(SIGUSR2);
    CHECK_EQ(receive(a), SIGUSR2);
    CHECK_EQ(receive(b), SIGUSR2);
    go_signal_stop(a);
    send_self(SIGUSR1);
    CHECK_EQ(receive(b), SIGUSR1);
    settle();
    CHECK_EQ(go_len(a), 0);
    go_signal_stop(a); /* nothing to stop */
    go_drop(a);
    go_signal_stop(b);
    go_drop(b);
}

/* Nothing waits for room; the channel may lose, the program goes on. */
static void full(void)
{
    go_chan(int) c = go_make(int, 1);
    CHECK_EQ(go_signal_notify(c, SIGUSR1, SIGUSR2), 0);
    send_self(SIGUSR1);
    while (go_len(c) == 0)
        go_sleep(GO_MILLISECOND);
    send_self(SIGUSR2);
    settle();
    CHECK_EQ(go_len(c), 1);
    CHECK_EQ(receive(c), SIGUSR1);
    send_self(SIGUSR2);
    CHECK_EQ(receive(c), SIGUSR2);
    go_signal_stop(c);
    go_drop(c);
}

/* It is held as long as signals go there, and may be closed meanwhile. */
static void dropped_and_closed(void)
{
    go_chan(int) c = go_make(int, 1);
    go_chan(int) seen = go_hold(c);
    CHECK_EQ(go_signal_notify(c, SIGUSR1), 0);
    go_drop(c);
    send_self(SIGUSR1);
    CHECK_EQ(receive(seen), SIGUSR1);
    go_close(seen);
    send_self(SIGUSR1);
    settle();
    CHECK(!go_recv(seen, NULL));
    go_signal_stop(seen);
    go_drop(seen);
}

static void every_signal(void)
{
    static const int some[] = { SIGHUP,  SIGINT,  SIGTERM, SIGPIPE, SIGALRM,
                                SIGCHLD, SIGTSTP, SIGTTIN, SIGURG,  SIGABRT };
    go_chan(int) c = go_make(int, 100);
    CHECK_EQ(go_signal_notify(c), 0);
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        send_self(some[i]);
        CHECK_EQ(receive(c), some[i]);
    }
    CHECK_EQ(go_signal_notify(c, SIGRTMIN + 3), 0);
    send_self(SIGRTMIN + 3);
    CHECK_EQ(receive(c), SIGRTMIN + 3);
    go_signal_stop(c);
    go_drop(c);
}

static void no_signals(void)
{
    static const int bad[] = { 0, -1, 65, 1000, 32, SIGKILL, SIGSTOP, SIGSEGV, SIGBUS, SIGFPE };
    go_chan(int) c = go_make(int, 1);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK_EQ(go_signal_notify(c, bad[i]), -EINVAL);
        CHECK_EQ(go_signal_notify(c, SIGUSR1, bad[i]), -EINVAL);
        CHECK_EQ(go_signal_ignore(bad[i]), -EINVAL);
        CHECK_EQ(go_signal_reset(bad[i]), -EINVAL);
        CHECK(go_signal_context(go_context_background(), bad[i]) == NULL);
        CHECK(!go_signal_ignored(bad[i]));
    }
    struct sigaction now;
    CHECK_EQ(sigaction(SIGUSR1, NULL, &now), 0);
    CHECK(now.sa_handler == late); /* none of the list was added */
    go_drop(c);
}

static void receiver(go_chan(int) c, go_chan(int) out)
{
    go_send(out, receive(c));
}

/* Without room: a receiver that waits gets it; in a select too. */
static void rendezvous(void)
{
    go_chan(int) c = go_make(int, 0);
    go_chan(int) out = go_make(int, 1);
    CHECK_EQ(go_signal_notify(c, SIGUSR1), 0);
    go(receiver, c, out);
    while (go_len(out) == 0) { /* until the receiver waits, nothing is sent */
        send_self(SIGUSR1);
        go_sleep(GO_MILLISECOND);
    }
    CHECK_EQ(receive(out), SIGUSR1);
    go_signal_stop(c);
    go_drop(c);
    go_drop(out);

    c = go_make(int, 1);
    CHECK_EQ(go_signal_notify(c, SIGUSR2), 0);
    send_self(SIGUSR2);
    int sig = 0;
    CHECK_EQ(go_select(go_on_recv(c, &sig), go_on_timeout(60 * GO_SECOND)), 0);
    CHECK_EQ(sig, SIGUSR2);
    go_signal_stop(c);
    go_drop(c);
}

int main(void)
{
    signal(SIGUSR1, late);
    signal(SIGUSR2, late);
    one_and_several();
    full();
    dropped_and_closed();
    every_signal();
    no_signals();
    rendezvous();
}
