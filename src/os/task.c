/* SPDX-License-Identifier: MIT */
#include "os/task.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

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
