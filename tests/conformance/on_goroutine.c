/* SPDX-License-Identifier: MIT */
/* go_on_goroutine: true on a goroutine's own stack; false on threads that are not ours,
 * before the first use, on another stack, and in the child after fork.  It starts nothing. */
#include "support.h"

#include <goroutine.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

static volatile sig_atomic_t in_handler;

static void handler(int sig)
{
    (void)sig;
    in_handler = go_on_goroutine() ? 1 : 2;
}

static void signal_on(int flags)
{
    struct sigaction a = { .sa_handler = handler, .sa_flags = flags };
    CHECK_EQ(sigaction(SIGUSR1, &a, NULL), 0);
    in_handler = 0;
    CHECK_EQ(pthread_kill(pthread_self(), SIGUSR1), 0);
}

/* The library gives its threads an alternate stack; this one is ours. */
static void handlers(void)
{
    go_lock_thread();
    static char other[64 * 1024];
    stack_t ss = { .ss_sp = other, .ss_size = sizeof other }, old;
    CHECK_EQ(sigaltstack(&ss, &old), 0);
    signal_on(SA_ONSTACK);
    CHECK_EQ(in_handler, 2);
    CHECK_EQ(sigaltstack(&old, NULL), 0);
    signal_on(0);
    CHECK_EQ(in_handler, 1);
    go_unlock_thread();
}

static bool in_coroutine;
static ucontext_t here, there;

static void coroutine(void)
{
    in_coroutine = go_on_goroutine();
}

static void coroutines(void)
{
    char *stack = malloc(64 * 1024);
    CHECK(stack != NULL);
    CHECK_EQ(getcontext(&there), 0);
    there.uc_stack.ss_sp = stack;
    there.uc_stack.ss_size = 64 * 1024;
    there.uc_link = &here;
    makecontext(&there, coroutine, 0);
    in_coroutine = true;
    CHECK_EQ(swapcontext(&here, &there), 0);
    CHECK(!in_coroutine);
    CHECK(go_on_goroutine());
    free(stack);
}

static void wander(go_waitgroup *wg)
{
    for (int i = 0; i < 100; i++) {
        CHECK(go_on_goroutine());
        go_yield();
    }
    go_waitgroup_done(wg);
}

static void *thread(void *arg)
{
    CHECK(!go_on_goroutine());
    CHECK(go_id() > 1); /* it has used the library now, and is still not ours */
    CHECK(!go_on_goroutine());
    return arg;
}

static void after_fork(void)
{
    pid_t child = fork();
    int status;
    CHECK(child >= 0);
    if (child == 0)
        _exit(go_on_goroutine() ? 1 : 0);
    CHECK_EQ(waitpid(child, &status, 0), child);
    CHECK_EQ(status, 0);
}

int main(void)
{
    CHECK(!go_on_goroutine());
    CHECK(!go_on_goroutine());
    go_yield();
    CHECK(go_on_goroutine());

    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 20);
    for (int i = 0; i < 20; i++)
        go(wander, &wg);
    go_waitgroup_wait(&wg);

    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, thread, NULL), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
    handlers();
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    coroutines(); /* which the sanitizers are not told of */
#else
    (void)coroutines;
#endif
    after_fork();
    CHECK(go_on_goroutine());
    return 0;
}
