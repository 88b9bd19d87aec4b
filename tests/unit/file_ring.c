/* SPDX-License-Identifier: MIT */
/* The ring by itself: every kind of job, more at once than it answers, results as the plain
 * call's, and that it is there at all where the kernel allows it. */
#include "check.h"

#include "base/options.h"
#include "file/ring.h"

#include <errno.h>
#include <fcntl.h>
#include <goroutine.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>
#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#endif
#ifndef RUNNING_ON_VALGRIND
#define RUNNING_ON_VALGRIND 0
#endif

/* Whether the kernel has one for us. */
static bool kernel_allows(void)
{
    char params[120] = { 0 };
    long fd = syscall(425, 4, params); /* io_uring_setup */
    if (fd >= 0)
        close((int)fd);
    return fd >= 0;
}

/* 506: Linux 5.6, which has all that is needed. */
static int kernel(void)
{
    struct utsname u;
    int a = 0, b = 0;
    CHECK_EQ(uname(&u), 0);
    CHECK_EQ(sscanf(u.release, "%d.%d", &a, &b), 2);
    return a * 100 + b;
}

static bool wait_until_there(void)
{
    for (int i = 0; i < 2000 && !ring_there(); i++)
        go_sleep(GO_MILLISECOND);
    return ring_there();
}

static ssize_t done(struct file_job *job)
{
    for (;;) {
        spin_lock(&job->lock);
        bool over = job->done;
        spin_unlock(&job->lock);
        if (over)
            return job->result;
        go_yield();
    }
}

static ssize_t run(struct file_job job)
{
    ring_push(&job);
    return done(&job);
}

static int file;

static void every_kind(void)
{
    char a[5] = "abcde", b[8] = "";
    struct iovec v[2] = { { a, 3 }, { a + 3, 2 } }, w = { b, 7 };
    CHECK_EQ(run((struct file_job){ .kind = JOB_WRITE, .fd = file, .iov = v, .n = 2 }), 5);
    CHECK_EQ(run((struct file_job){ .kind = JOB_FSYNC, .fd = file }), 0);
    CHECK_EQ(run((struct file_job){ .kind = JOB_FDATASYNC, .fd = file }), 0);
    CHECK_EQ(run((struct file_job){ .kind = JOB_READ, .fd = file, .iov = &w, .n = 1, .offset = 1 }),
             4);
    CHECK(strcmp(b, "bcde") == 0);
    CHECK_EQ(run((struct file_job){ .kind = JOB_READ, .fd = -1, .iov = &w, .n = 1 }), -EBADF);
    CHECK_EQ(run((struct file_job){ .kind = JOB_FSYNC, .fd = 12345 }), -EBADF);
    CHECK_EQ(run((struct file_job){ .kind = JOB_OPEN, .path = "/no/such", .flags = O_RDONLY }),
             -ENOENT);
    ssize_t fd = run(
        (struct file_job){ .kind = JOB_OPEN, .path = "/dev/null", .flags = O_WRONLY | O_CLOEXEC });
    CHECK(fd >= 0);
    close((int)fd);
}

/* More than answers fit; each reads its own place. */
static void crowd(void)
{
    int n = test_scale(5000, 2000);
    struct file_job *job = calloc((size_t)n, sizeof *job);
    struct iovec *v = calloc((size_t)n, sizeof *v);
    int *got = calloc((size_t)n, sizeof *got);
    CHECK(job && v && got);
    for (int i = 0; i < n; i++)
        CHECK_EQ(pwrite(file, &i, sizeof i, i * (off_t)sizeof i), sizeof i);
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    for (int i = 0; i < n; i++) {
        v[i] = (struct iovec){ &got[i], sizeof got[i] };
        job[i] = (struct file_job){ .kind = i % 50 ? JOB_READ : JOB_FDATASYNC,
                                    .fd = file,
                                    .iov = &v[i],
                                    .n = 1,
                                    .offset = i * (off_t)sizeof i };
        ring_push(&job[i]);
    }
    for (int i = 0; i < n; i++) {
        CHECK_EQ(done(&job[i]), i % 50 ? (int)sizeof i : 0);
        CHECK_EQ(got[i], i % 50 ? i : 0);
    }
    free(job);
    free(v);
    free(got);
}

static void pusher(int k, go_waitgroup *wg)
{
    int want, got;
    struct iovec v = { &got, sizeof got };
    for (want = k; want < 2000; want += 20) {
        CHECK_EQ(run((struct file_job){ .kind = JOB_READ,
                                        .fd = file,
                                        .iov = &v,
                                        .n = 1,
                                        .offset = want * (off_t)sizeof want }),
                 sizeof got);
        CHECK_EQ(got, want);
    }
    go_waitgroup_done(wg);
}

int main(void)
{
    char name[] = "ring_test_XXXXXX";
    go_yield(); /* the options have been read */
    if (!GO_URING || options.no_uring || !kernel_allows())
        return 77;
    if (!wait_until_there()) {
        CHECK(kernel() < 506 || RUNNING_ON_VALGRIND);
        return 77;
    }
    file = mkstemp(name);
    CHECK(file >= 0);
    CHECK_EQ(unlink(name), 0);
    every_kind();
    crowd();
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 20);
    for (int k = 0; k < 20; k++)
        go(pusher, k, &wg);
    go_waitgroup_wait(&wg);
}
