/* SPDX-License-Identifier: MIT */
/* Go: SIGQUIT shows every goroutine with its wait reason, name, stack and where
 * it was made, and exits 2.  (Each yields after its wait: no tail call, so that its
 * frame is there to be seen.) */
#include "waits.h"

#include <goroutine.h>
#include <signal.h>
#include <unistd.h>

static go_mutex mutex;
static go_rwmutex rwmutex;
static go_cond cond;
static go_mutex cond_mutex;
static go_waitgroup wg;
static go_once once;
static go_chan(int) c, nil;

static void receiver(void)
{
    go_recv(c, NULL);
    go_yield();
}

static void sender(void)
{
    go_chan(int) d = go_make(int, 0);
    go_send(d, 1);
}

static void nil_receiver(void)
{
    go_recv(nil, NULL);
    go_yield();
}

static void nil_sender(void)
{
    go_send(nil, 1);
}

static void selecter(void)
{
    go_select(go_on_recv(c, NULL), go_on_recv(nil, NULL));
}

static void empty_selecter(void)
{
    go_select_cases(NULL, 0);
    go_yield();
}

static void sleeper(void)
{
    go_sleep(GO_HOUR);
    go_yield();
}

static void locker(void)
{
    go_mutex_lock(&mutex);
    go_yield();
}

static void reader(void)
{
    go_rwmutex_rlock(&rwmutex);
    go_yield();
}

static void writer(void)
{
    go_rwmutex_lock(&rwmutex);
    go_yield();
}

static void group_waiter(void)
{
    go_waitgroup_wait(&wg);
    go_yield();
}

static void cond_waiter(void)
{
    go_mutex_lock(&cond_mutex);
    go_cond_wait(&cond, &cond_mutex);
    go_yield();
}

static void block_in_once(void *unused)
{
    (void)unused;
    go_recv(c, NULL);
}

static void once_waiter(void)
{
    go_once_do(&once, block_in_once, NULL);
    go_yield();
}

/* The thread sanitizer keeps a signal back until its thread calls something that it
 * intercepts; the kernel may choose this one, when it began as main's. */
static void spinner(void)
{
    for (;;) {
        __asm__ volatile("");
#ifdef __SANITIZE_THREAD__
        usleep(0);
#endif
    }
}

static void blocker(void)
{
    for (;;)
        pause();
}

static void start_all(void)
{
    go_mutex_lock(&mutex);
    go_rwmutex_lock(&rwmutex);
    go_waitgroup_add(&wg, 1);
    go_with(go_attr(.name = "the receiver"), receiver);
    void (*list[])(void) = { sender,      nil_receiver, nil_sender,  selecter, empty_selecter,
                             sleeper,     locker,       reader,      writer,   group_waiter,
                             cond_waiter, once_waiter,  once_waiter, spinner,  blocker };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        go(list[i]);
}

int main(void)
{
    c = go_make(int, 0);
    start_all();
    static const char *const states[] = {
        "[chan receive, named",
        "[chan send]",
        "[chan receive (nil chan)]",
        "[chan send (nil chan)]",
        "[select]",
        "[select (no cases)]",
        "[sleep]",
        "[sync.Mutex.Lock]",
        "[sync.RWMutex.RLock]",
        "[sync.RWMutex.Lock]",
        "[sync.WaitGroup.Wait]",
        "[sync.Cond.Wait]",
        "[sync.Once.Do]",
    };
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        until_shown(states[i]);
    kill(getpid(), SIGQUIT);
    go_sleep(20 * GO_SECOND);
    return 0;
}
