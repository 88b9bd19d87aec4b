/* SPDX-License-Identifier: MIT */
/* file.h: a goroutine that is locked to its thread opens files as that thread, whatever
 * others wait for; so does a foreign thread.  /proc/thread-self tells whose call it was. */
#include "file_support.h"

#include <pthread.h>

static go_bool stop;

static void must_be_me(void)
{
    char text[32] = "";
    int fd = go_open("/proc/thread-self/stat", O_RDONLY | O_CLOEXEC);
    CHECK(fd >= 0);
    CHECK(go_pread(fd, text, sizeof text - 1, 0) > 0);
    CHECK_EQ(go_close_fd(fd), 0);
    CHECK_EQ(atoi(text), thread_id());
}

static void locked(go_waitgroup *wg)
{
    go_lock_thread();
    for (int i = 0; i < 20; i++) {
        must_be_me();
        go_yield();
    }
    go_waitgroup_done(wg); /* and end so: the thread ends with us */
}

static void *foreign(void *arg)
{
    (void)arg;
    for (int i = 0; i < 20; i++)
        must_be_me();
    return NULL;
}

static void sync_until(int i, go_waitgroup *wg)
{
    char path[128];
    int fd = go_open(path_of(path, "busy", i), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    CHECK(fd >= 0);
    while (!go_bool_load(&stop)) {
        CHECK_EQ(go_pwrite(fd, "x", 1, 0), 1);
        CHECK_EQ(go_fsync(fd), 0);
    }
    CHECK_EQ(go_close_fd(fd), 0);
    go_waitgroup_done(wg);
}

int main(void)
{
    enum { BUSY = 20, LOCKED = 5 };
    go_waitgroup busy = { 0 }, wg = { 0 };
    pthread_t t;
    folder_make();
    go_waitgroup_add(&busy, BUSY);
    for (int i = 0; i < BUSY; i++)
        go(sync_until, i, &busy);
    go_waitgroup_add(&wg, LOCKED);
    for (int i = 0; i < LOCKED; i++)
        go(locked, &wg);
    CHECK_EQ(pthread_create(&t, NULL, foreign, NULL), 0);
    go_waitgroup_wait(&wg);
    CHECK_EQ(pthread_join(t, NULL), 0);
    go_bool_store(&stop, true);
    go_waitgroup_wait(&busy);
}
