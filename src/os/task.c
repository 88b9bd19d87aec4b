/* SPDX-License-Identifier: MIT */
#include "os/task.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

enum { STACK_FIRST = 256 * 1024, STACK_LAST = 256 * 1024 * 1024 };

/* glibc takes the program's thread-local variables out of the stack, and refuses
 * one that is too small for them. */
int task_start(void *(*f)(void *), void *arg)
{
    static size_t size = STACK_FIRST; /* atomic; what was enough last time */
    pthread_attr_t attr;
    pthread_t t;
    int err;
    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    for (size_t n = __atomic_load_n(&size, __ATOMIC_RELAXED);; n *= 4) {
        pthread_attr_setstacksize(&attr, n);
        err = pthread_create(&t, &attr, f, arg);
        if (err == 0)
            __atomic_store_n(&size, n, __ATOMIC_RELAXED);
        if (err != EINVAL || n >= STACK_LAST)
            break;
    }
    pthread_attr_destroy(&attr);
    return err;
}

bool task_own_files(void)
{
    return unshare(CLONE_FILES) == 0 && syscall(SYS_close_range, 0, ~0U, 0) == 0;
}

/* Not snprintf, which a signal handler may not call. */
static void stat_path(char path[64], int32_t tid)
{
    char digits[16], *p = digits + sizeof digits;
    *--p = '\0';
    for (; tid > 0; tid /= 10)
        *--p = (char)('0' + tid % 10);
    strcpy(path, "/proc/self/task/");
    strcat(strcat(path, p), "/stat");
}

/* What stands behind the name of a thread, in text; NULL if it is gone. */
static const char *read_stat(int32_t tid, char text[256])
{
    char path[64];
    int saved = errno;
    stat_path(path, tid);
    /* By number: the thread sanitizer would take the file for the program's, and a call that
     * comes too late to a number that the program has closed for a race with us. */
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? syscall(SYS_read, fd, text, (size_t)255) : -1;
    if (fd >= 0)
        syscall(SYS_close, fd);
    errno = saved;
    if (n <= 0)
        return NULL;
    text[n] = '\0';
    /* "tid (name) state ...": the name may hold anything, parentheses too. */
    const char *end = strrchr(text, ')');
    return end && end[1] ? end + 2 : NULL;
}

bool task_sleeps(int32_t tid)
{
    char text[256];
    const char *state = read_stat(tid, text);
    return state && (*state == 'S' || *state == 'D');
}

static bool kernel_threads; /* atomic */

void task_kernel_threads(void)
{
    __atomic_store_n(&kernel_threads, true, __ATOMIC_SEQ_CST);
}

/* The field so many behind the state, a number; 0 if there is none. */
static unsigned long stat_field(int32_t tid, int behind)
{
    char text[256];
    const char *at = read_stat(tid, text);
    for (int i = 0; at && i < behind; i++)
        if ((at = strchr(at, ' ')))
            at++;
    unsigned long value = 0;
    for (; at && *at >= '0' && *at <= '9'; at++)
        value = value * 10 + (unsigned long)(*at - '0');
    return value;
}

bool task_is_kernels(int32_t tid)
{
    enum { FLAGS = 6, IO_WORKER = 0x10 };
    return __atomic_load_n(&kernel_threads, __ATOMIC_SEQ_CST) && stat_field(tid, FLAGS) & IO_WORKER;
}

/* Threads that the kernel has made for the process, and the sum of their ids; -1 if they
 * cannot be told. */
static int count_kernels(int64_t *ids)
{
    *ids = 0;
    if (!__atomic_load_n(&kernel_threads, __ATOMIC_SEQ_CST))
        return 0;
    DIR *d = opendir("/proc/self/task");
    if (!d)
        return -1;
    int n = 0;
    for (struct dirent *e; (e = readdir(d));) {
        int32_t tid = (int32_t)atoi(e->d_name);
        if (e->d_name[0] == '.' || !task_is_kernels(tid))
            continue;
        *ids += tid;
        n++;
    }
    closedir(d);
    return n;
}

int task_count(void)
{
    enum { THREADS = 17 };
    int64_t before, after;
    int kernels = count_kernels(&before);
    int all = (int)stat_field((int32_t)syscall(SYS_gettid), THREADS);
    if (kernels < 0 || all == 0)
        return -1;
    if (count_kernels(&after) != kernels || after != before)
        return INT_MAX;
    return all - kernels;
}
