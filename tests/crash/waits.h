/* SPDX-License-Identifier: MIT */
/* What must happen while others wait happens when they are seen to. */
#ifndef TESTS_CRASH_WAITS_H
#define TESTS_CRASH_WAITS_H

#include <goroutine.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* is_shown - what a dump says of some goroutine. */
static inline bool is_shown(const char *what)
{
    static char text[1 << 16];
    int fd = memfd_create("dump", 0);
    go_dump(fd);
    ssize_t n = pread(fd, text, sizeof text - 1, 0);
    close(fd);
    text[n > 0 ? n : 0] = '\0';
    return strstr(text, what) != NULL;
}

static inline void until_shown(const char *what)
{
    while (!is_shown(what))
        go_sleep(GO_MILLISECOND);
}

#endif
