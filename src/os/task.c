/* SPDX-License-Identifier: MIT */
#include "os/task.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

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

bool task_sleeps(int32_t tid)
{
    char path[64], text[256];
    int saved = errno;
    stat_path(path, tid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
    if (fd >= 0)
        close(fd);
    errno = saved;
    if (n <= 0)
        return false;
    text[n] = '\0';
    /* "tid (name) state ...": the name may hold anything, parentheses too. */
    const char *end = strrchr(text, ')');
    return end && end[1] && (end[2] == 'S' || end[2] == 'D');
}
