/* SPDX-License-Identifier: MIT */
/* A goroutine that holds a lock of threads keeps its thread, however it waits: so that the
 * lock is given back by the thread that took it, and nobody else enters a recursive one. */
#include "support.h"

#include <stdatomic.h>
#include <sys/syscall.h>
#include <threads.h>
#include <time.h>

enum { MOST = 60 };

static pid_t tid(void)
{
    return (pid_t)syscall(SYS_gettid);
}

static pthread_mutex_t recursive, checked;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static mtx_t mtx;
static int inside; /* under recursive */

static void enter_twice(go_waitgroup *wg)
{
    CHECK_EQ(pthread_mutex_lock(&recursive), 0);
    CHECK_EQ(inside++, 0);
    pid_t me = tid();
    usleep(300);
    CHECK_EQ(tid(), me);
    CHECK_EQ(pthread_mutex_lock(&recursive), 0);
    go_yield();
    usleep(300);
    CHECK_EQ(tid(), me);
    CHECK_EQ(pthread_mutex_unlock(&recursive), 0);
    usleep(100);
    CHECK_EQ(tid(), me);
    CHECK_EQ(--inside, 0);
    CHECK_EQ(pthread_mutex_unlock(&recursive), 0);
    go_waitgroup_done(wg);
}

static void check_owner(go_waitgroup *wg)
{
    CHECK_EQ(pthread_mutex_lock(&checked), 0);
    CHECK_EQ(pthread_mutex_lock(&checked), EDEADLK);
    go_sleep(300 * GO_MICROSECOND);
    CHECK_EQ(pthread_mutex_trylock(&checked), EBUSY);
    CHECK_EQ(pthread_mutex_unlock(&checked), 0);
    go_waitgroup_done(wg);
}

static void read_and_write(int i, go_waitgroup *wg)
{
    CHECK_EQ(i % 4 ? pthread_rwlock_rdlock(&rwlock) : pthread_rwlock_wrlock(&rwlock), 0);
    pid_t me = tid();
    usleep(200);
    CHECK_EQ(tid(), me);
    CHECK_EQ(pthread_rwlock_unlock(&rwlock), 0);
    go_waitgroup_done(wg);
}

static void c11(go_waitgroup *wg)
{
    CHECK_EQ(mtx_lock(&mtx), thrd_success);
    CHECK_EQ(mtx_trylock(&mtx), thrd_success);
    pid_t me = tid();
    usleep(200);
    CHECK_EQ(tid(), me);
    CHECK_EQ(mtx_unlock(&mtx), thrd_success);
    CHECK_EQ(mtx_unlock(&mtx), thrd_success);
    go_waitgroup_done(wg);
}

static void file(FILE *f, go_waitgroup *wg)
{
    flockfile(f);
    pid_t me = tid();
    fputc('a', f);
    usleep(200);
    CHECK_EQ(tid(), me);
    fputc('b', f);
    funlockfile(f);
    go_waitgroup_done(wg);
}

/* A lock that was not taken pins nobody: else each of these would keep a thread. */
static pthread_mutex_t taken = PTHREAD_MUTEX_INITIALIZER;
static atomic_int refused;
static go_chan(int) hold;

static void be_refused(go_waitgroup *wg)
{
    struct timespec past = { 0, 0 };
    CHECK_EQ(pthread_mutex_trylock(&taken), EBUSY);
    CHECK_EQ(pthread_mutex_timedlock(&taken, &past), ETIMEDOUT);
    CHECK_EQ(pthread_mutex_clocklock(&taken, CLOCK_MONOTONIC, &past), ETIMEDOUT);
    CHECK_EQ(pthread_rwlock_tryrdlock(&rwlock), EBUSY);
    CHECK_EQ(pthread_rwlock_timedrdlock(&rwlock, &past), ETIMEDOUT);
    CHECK_EQ(pthread_rwlock_trywrlock(&rwlock), EBUSY);
    atomic_fetch_add(&refused, 1);
    go_recv(hold, NULL);
    go_waitgroup_done(wg);
}

static void refuse(int n)
{
    go_waitgroup wg = { 0 };
    hold = go_make(int, 0);
    CHECK_EQ(pthread_mutex_lock(&taken), 0);
    CHECK_EQ(pthread_rwlock_wrlock(&rwlock), 0);
    go_waitgroup_add(&wg, n);
    for (int i = 0; i < n; i++)
        go(be_refused, &wg);
    while (atomic_load(&refused) < n)
        go_sleep(GO_MILLISECOND);
    int before = threads();
    go_close(hold);
    go_waitgroup_wait(&wg);
    CHECK_EQ(pthread_rwlock_unlock(&rwlock), 0);
    CHECK_EQ(pthread_mutex_unlock(&taken), 0);
    CHECK(before < n * 2 / 3);
    go_drop(hold);
}

static void init(void)
{
    pthread_mutexattr_t a;
    CHECK_EQ(pthread_mutexattr_init(&a), 0);
    CHECK_EQ(pthread_mutexattr_settype(&a, PTHREAD_MUTEX_RECURSIVE), 0);
    CHECK_EQ(pthread_mutex_init(&recursive, &a), 0);
    CHECK_EQ(pthread_mutexattr_settype(&a, PTHREAD_MUTEX_ERRORCHECK), 0);
    CHECK_EQ(pthread_mutex_init(&checked, &a), 0);
    CHECK_EQ(pthread_mutexattr_destroy(&a), 0);
    CHECK_EQ(mtx_init(&mtx, mtx_plain | mtx_recursive), thrd_success);
}

int main(void)
{
    CHECK_IN_FORCE();
    init();
    int n = test_scale(MOST, 15);
    CHECK_EQ(pthread_mutex_lock(&taken), 0); /* before the first goroutine: nothing to pin */
    go_yield();
    CHECK_EQ(pthread_mutex_unlock(&taken), 0);
    refuse(MOST); /* first: it counts threads */
    char text[2 * MOST + 1] = "";
    FILE *f = fmemopen(text, sizeof text, "w");
    go_waitgroup wg = { 0 };
    CHECK(f != NULL);
    go_waitgroup_add(&wg, 5 * n);
    for (int i = 0; i < n; i++) {
        go(enter_twice, &wg);
        go(check_owner, &wg);
        go(read_and_write, i, &wg);
        go(c11, &wg);
        go(file, f, &wg);
    }
    go_waitgroup_wait(&wg);
    fclose(f);
    for (int i = 0; i < 2 * n; i++)
        CHECK_EQ(text[i], "ab"[i % 2]);
    return 0;
}
