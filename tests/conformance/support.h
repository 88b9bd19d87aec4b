/* SPDX-License-Identifier: MIT */
/* What several conformance tests share: a child process that is this same
 * program, and the median of a set of delays. */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

#include "check.h"

#include <stdbool.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

/* child_arg - what this process is asked to do as a child, or NULL in the
 * parent.  A child that hangs is ended, so that the parent can say so. */
static inline const char *child_arg(int argc, char **argv)
{
    if (argc < 2)
        return NULL;
    alarm(30);
    return argv[1];
}

static inline void child_spawn(pid_t *pid, const char *arg, int out[2])
{
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    CHECK(n > 0);
    self[n] = 0;
    char *argv[] = { self, (char *)arg, NULL };

    posix_spawn_file_actions_t fa;
    CHECK_EQ(pipe(out), 0);
    CHECK_EQ(posix_spawn_file_actions_init(&fa), 0);
    CHECK_EQ(posix_spawn_file_actions_addclose(&fa, out[0]), 0);
    CHECK_EQ(posix_spawn_file_actions_adddup2(&fa, out[1], 2), 0);
    CHECK_EQ(posix_spawn_file_actions_addclose(&fa, out[1]), 0);
    /* Under an emulator the kernel may not know the format: ctest says what runs it. */
    char *by_shell[] = {
        "sh", "-c", "exec $GO_TEST_LAUNCHER \"$0\" \"$1\"", self, (char *)arg, NULL
    };
    bool emulated = getenv("GO_TEST_LAUNCHER") != NULL;
    CHECK_EQ(posix_spawn(pid, emulated ? "/bin/sh" : self, &fa, NULL, emulated ? by_shell : argv,
                         environ),
             0);
    posix_spawn_file_actions_destroy(&fa);
    close(out[1]);
}

/* child_run - run this program with one argument and collect its stderr.
 * Returns its exit status, or 128 + the signal that ended it. */
static inline int child_run(const char *arg, char *err, size_t size)
{
    pid_t pid;
    int out[2], status;
    child_spawn(&pid, arg, out);

    size_t have = 0;
    char sink[512];
    for (;;) {
        size_t room = size - 1 - have;
        ssize_t n = read(out[0], room ? err + have : sink, room ? room : sizeof sink);
        if (n <= 0)
            break;
        have += room ? (size_t)n : 0;
    }
    err[have] = 0;
    close(out[0]);
    CHECK_EQ(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static inline int64_t clock_ns(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return ts.tv_sec * INT64_C(1000000000) + ts.tv_nsec;
}

/* A clock that stands still while the machine does, or gives this process no CPU: each
 * of its beats that took much longer than it should counts as a short one. */
static int64_t metronome_; /* atomic */

static inline void *metronome_beat_(void *arg)
{
    enum { BEAT_US = 1000 };
    (void)arg;
    for (int64_t last = clock_ns();;) {
        usleep(BEAT_US);
        int64_t now = clock_ns(), d = now - last;
        last = now;
        __atomic_add_fetch(&metronome_, d < 4000 * BEAT_US ? d : 1000 * BEAT_US, __ATOMIC_RELAXED);
    }
    return NULL;
}

static inline void metronome_start(void)
{
    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, metronome_beat_, NULL), 0);
    CHECK_EQ(pthread_detach(t), 0);
}

static inline int64_t metronome_now(void)
{
    return __atomic_load_n(&metronome_, __ATOMIC_RELAXED);
}

static inline pid_t thread_id(void)
{
    return (pid_t)syscall(SYS_gettid);
}

static inline int order_i64(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static inline int64_t median(int64_t *v, size_t n)
{
    qsort(v, n, sizeof *v, order_i64);
    return v[n / 2];
}

#endif
