/* SPDX-License-Identifier: MIT */
/* Rule D8: a thread that is not ours starts the runtime.  The runtime's threads
 * have its signal mask, so that a signal which the program blocked everywhere
 * waits for sigwait.
 *
 * They had an empty mask until main came, and the signal ended the program. */
#include "support.h"

#include <goroutine.h>
#include <pthread.h>

static void look(go_chan(int) blocked)
{
    sigset_t now;
    CHECK_EQ(pthread_sigmask(SIG_BLOCK, NULL, &now), 0);
    go_send(blocked, sigismember(&now, SIGUSR1));
}

static void *start(void *arg)
{
    go_chan(int) blocked = go_make(int, 0);
    int yes;
    for (int i = 0; i < 8; i++)
        go(look, blocked);
    for (int i = 0; i < 8; i++) {
        CHECK(go_recv(blocked, &yes));
        CHECK(yes);
    }
    go_drop(blocked);
    return arg;
}

int main(void)
{
    pthread_t t;
    sigset_t usr;
    int sig;
    sigemptyset(&usr);
    sigaddset(&usr, SIGUSR1);
    CHECK_EQ(pthread_sigmask(SIG_BLOCK, &usr, NULL), 0);
    CHECK_EQ(pthread_create(&t, NULL, start, NULL), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
    CHECK_EQ(kill(getpid(), SIGUSR1), 0);
    CHECK_EQ(sigwait(&usr, &sig), 0);
    CHECK_EQ(sig, SIGUSR1);
}
