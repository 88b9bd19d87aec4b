/* SPDX-License-Identifier: MIT */
/* For tests of files: a folder of their own, beside where they run. */
#ifndef TESTS_FILE_SUPPORT_H
#define TESTS_FILE_SUPPORT_H

#include "support.h"

#include <fcntl.h>
#include <goroutine.h>
#include <goroutine/net.h>
#include <sys/stat.h>

static char folder[64];

/* Not in /tmp, which may be in memory. */
static inline void folder_remove(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0)
        perror(folder);
}

static inline void folder_make(void)
{
    strcpy(folder, "file_test_XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    CHECK_EQ(atexit(folder_remove), 0);
}

/* path_of - the name of file number i there, valid until the goroutine asks again. */
static inline char *path_of(char path[128], const char *what, int i)
{
    snprintf(path, 128, "%s/%s.%d", folder, what, i);
    return path;
}

/* file_with - a new file of size bytes, byte n is pattern(i, n); nothing of it is left in
 * memory, if the file system lets go. */
static inline unsigned char pattern(int i, off_t n)
{
    return (unsigned char)((n >> 9) * 31 + n * 7 + i * 131);
}

static inline int file_with(char path[128], int i, off_t size)
{
    static const size_t chunk = 65536;
    unsigned char *buf = malloc(chunk);
    CHECK(buf != NULL);
    int fd = open(path_of(path, "data", i), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    CHECK(fd >= 0);
    for (off_t at = 0; at < size; at += (off_t)chunk) {
        size_t n = (size_t)(size - at) < chunk ? (size_t)(size - at) : chunk;
        for (size_t k = 0; k < n; k++)
            buf[k] = pattern(i, at + (off_t)k);
        CHECK_EQ(pwrite(fd, buf, n, at), n);
    }
    CHECK_EQ(fsync(fd), 0);
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    free(buf);
    return fd;
}

static inline void check_bytes(const unsigned char *buf, size_t n, int i, off_t at)
{
    for (size_t k = 0; k < n; k++)
        if (buf[k] != pattern(i, at + (off_t)k)) {
            fprintf(stderr, "file %d at %lld: %d, not %d\n", i, (long long)at + (long long)k,
                    buf[k], pattern(i, at + (off_t)k));
            _Exit(1);
        }
}

/* aligned - memory as O_DIRECT needs it. */
static inline void *aligned(size_t size)
{
    void *p = NULL;
    CHECK_EQ(posix_memalign(&p, 4096, size), 0);
    return p;
}

/* direct - the same file by a descriptor past the kernel's memory, or a plain one where the
 * file system has no such thing. */
static inline int direct(const char *path, int flags)
{
    int fd = open(path, flags | O_DIRECT | O_CLOEXEC);
    if (fd < 0)
        fd = open(path, flags | O_CLOEXEC);
    CHECK(fd >= 0);
    return fd;
}

#endif
