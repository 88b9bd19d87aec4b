/* SPDX-License-Identifier: MIT */
/* signal.h: under load, and with stops and notifies racing with signals: after go_signal_stop
 * has returned nothing arrives; whoever goes on listening misses no last signal; a program
 * that is computing on all Ps still learns of signals.
 *
 * By signals that do no harm: one may come after the last stop. */
#include "support.h"

#include <goroutine.h>
#include <goroutine/net.h>

static go_bool over;

static void compute(go_waitgroup *wg)
{
    while (!go_bool_load(&over))
        ;
    go_waitgroup_done(wg);
}

static void talk(go_chan(int) c)
{
    int n;
    while (go_recv(c, &n))
        go_send(c, n + 1);
}

/* From another process: the parent of a process that may be on any thread. */
static pid_t storm(int sig, int ms)
{
    pid_t me = getpid(), pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        for (int i = 0; i < ms; i++) {
            kill(me, sig);
            usleep(1000);
        }
        _exit(0);
    }
    return pid;
}

static void listen_and_stop(int i, go_waitgroup *wg, int rounds)
{
    go_chan(int) c = go_make(int, 1);
    for (int k = 0; k < rounds; k++) {
        CHECK_EQ(go_signal_notify(c, SIGWINCH, i % 2 ? SIGURG : SIGWINCH), 0);
        if (k % 3 == 0)
            go_yield();
        go_signal_stop(c);
        while (go_try_recv(c, NULL) == 0)
            ;
        go_yield();
        CHECK_EQ(go_len(c), 0);
    }
    go_drop(c);
    go_waitgroup_done(wg);
}

static void under_load(void)
{
    int listeners = 20, rounds = test_scale(200, 30);
    go_waitgroup wg = { 0 }, busy = { 0 };
    go_chan(int) all = go_make(int, 1), ring = go_make(int, 1);
    CHECK_EQ(go_signal_notify(all, SIGWINCH, SIGURG), 0);
    pid_t child = storm(SIGWINCH, test_scale(200, 100));
    go(talk, ring);
    go_send(ring, 0);
    go_waitgroup_add(&busy, 3);
    for (int i = 0; i < 3; i++)
        go(compute, &busy);
    go_waitgroup_add(&wg, listeners);
    for (int i = 0; i < listeners; i++)
        go(listen_and_stop, i, &wg, rounds);
    go_waitgroup_wait(&wg);
    int status, sig = 0;
    CHECK_EQ(go_wait_process(child, &status, 0), child);
    CHECK_EQ(status, 0);
    CHECK(go_recv(all, &sig)); /* some of the storm is there, or comes */
    CHECK_EQ(sig, SIGWINCH);
    CHECK_EQ(kill(getpid(), SIGURG), 0);
    while (sig != SIGURG) {
        CHECK_EQ(kill(getpid(), SIGURG), 0); /* what found no room was dropped */
        CHECK(go_recv(all, &sig));
    }
    go_bool_store(&over, true);
    go_waitgroup_wait(&busy);
    go_signal_stop(all);
    go_drop(all);
}

/* Waiting for nothing but a signal is no deadlock, and what waits costs nothing. */
static void only_a_signal(void)
{
    go_chan(int) c = go_make(int, 1);
    CHECK_EQ(go_signal_notify(c, SIGWINCH), 0);
    pid_t child = storm(SIGWINCH, 30);
    for (int i = 0; i < 3; i++)
        CHECK(go_recv(c, NULL));
    int status;
    CHECK_EQ(go_wait_process(child, &status, 0), child);
    go_signal_stop(c);
    go_drop(c);
}

int main(void)
{
    under_load();
    only_a_signal();
}
