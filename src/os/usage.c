/* SPDX-License-Identifier: MIT */
#include "os/usage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t read_clock(clockid_t id)
{
    struct timespec t;
    if (clock_gettime(id, &t) != 0)
        return -1;
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t usage_cpu_self(void)
{
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

/* The kernel's number for a thread's CPU clock, as pthread_getcpuclockid makes it
 * of a thread that it knows: bit 2 a thread, bits 0 and 1 the scheduler's count. */
int64_t usage_cpu(int32_t tid)
{
    int saved = errno;
    int64_t t = read_clock((clockid_t)(~(uint32_t)tid << 3 | 6));
    errno = saved;
    return t;
}

enum { STATUS_SIZE = 4096 };

/* The kernel's page on a thread; empty if there is none. */
static void read_status(int32_t tid, char text[STATUS_SIZE])
{
    char path[64];
    int saved = errno;
    snprintf(path, sizeof path, "/proc/self/task/%d/status", (int)tid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, text, STATUS_SIZE - 1) : -1;
    if (fd >= 0)
        close(fd);
    errno = saved;
    text[n > 0 ? n : 0] = '\0';
}

int64_t usage_sleeps(int32_t tid)
{
    static const char key[] = "\nvoluntary_ctxt_switches:";
    char text[STATUS_SIZE];
    read_status(tid, text);
    const char *at = strstr(text, key);
    return at ? strtoll(at + sizeof key - 1, NULL, 10) : -1;
}

bool usage_signal_due(int32_t tid, int sig)
{
    static const char pending[] = "\nSigPnd:", blocked[] = "\nSigBlk:";
    char text[STATUS_SIZE];
    read_status(tid, text);
    const char *p = strstr(text, pending), *b = strstr(text, blocked);
    if (!p || !b)
        return false;
    uint64_t due =
        strtoull(p + sizeof pending - 1, NULL, 16) & ~strtoull(b + sizeof blocked - 1, NULL, 16);
    return due >> (sig - 1) & 1;
}
