/* SPDX-License-Identifier: MIT */
/* Goroutines that read and write files.
 *
 *     files MODE GOROUTINES OPERATIONS FOLDER
 *
 * cached   4 KiB reads of what is in memory     direct   past the kernel's memory
 * cold     4 KiB reads of what is not           fsync    a write and a sync of an own file
 *
 * Prints microseconds per operation, of wall clock and of CPU.  GO_DEBUG=uring=0: without
 * io_uring. */
#include "report.h"

#include <fcntl.h>
#include <goroutine.h>
#include <goroutine/net.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 4096, BLOCKS = 65536, CACHED = 256 };

static const char *mode;
static int big;

static void must(bool ok, const char *what)
{
    if (ok)
        return;
    perror(what);
    _Exit(1);
}

static void make_big(int flags)
{
    char *buf = malloc(BLOCK * 256);
    must(buf != NULL, "memory");
    memset(buf, 7, BLOCK * 256);
    big = open("big", O_RDWR | O_CREAT | flags, 0600);
    must(big >= 0, "big");
    int plain = open("big", O_RDWR);
    for (off_t at = lseek(plain, 0, SEEK_END); at < (off_t)BLOCKS * BLOCK; at += BLOCK * 256)
        must(pwrite(plain, buf, BLOCK * 256, at) == BLOCK * 256, "big");
    fsync(plain);
    if (strcmp(mode, "cached") == 0)
        must(pread(plain, buf, BLOCK * 256, 0) > 0, "big");
    else
        posix_fadvise(plain, 0, 0, POSIX_FADV_DONTNEED);
    posix_fadvise(big, 0, 0, POSIX_FADV_RANDOM);
    close(plain);
    free(buf);
}

static void reader(uint64_t seed, long n, go_waitgroup *wg)
{
    void *buf = NULL;
    must(posix_memalign(&buf, BLOCK, BLOCK) == 0, "memory");
    uint64_t x = seed * 2654435761u + 1, span = strcmp(mode, "cached") ? BLOCKS : CACHED;
    for (long i = 0; i < n; i++) {
        x = x * UINT64_C(6364136223846793005) + 1442695040888963407u;
        must(go_pread(big, buf, BLOCK, (off_t)((x >> 33) % span) * BLOCK) == BLOCK, "read");
    }
    free(buf);
    go_waitgroup_done(wg);
}

static void syncer(uint64_t id, long n, go_waitgroup *wg)
{
    char name[32], buf[BLOCK] = "";
    snprintf(name, sizeof name, "own%d", (int)id);
    int fd = go_open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    must(fd >= 0, name);
    for (long i = 0; i < n; i++) {
        must(go_pwrite(fd, buf, BLOCK, i % 64 * BLOCK) == BLOCK, "write");
        must(go_fsync(fd) == 0, "fsync");
    }
    go_close_fd(fd);
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    if (argc != 5 || chdir(argv[4]) != 0)
        return 2;
    mode = argv[1];
    long n = atol(argv[2]), each = atol(argv[3]) / n;
    make_big(strcmp(mode, "direct") == 0 ? O_DIRECT : 0);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, (int)n);
    struct report_span start = report_start();
    for (long i = 0; i < n; i++)
        if (strcmp(mode, "fsync") == 0)
            go(syncer, (uint64_t)i, each, &wg);
        else
            go(reader, (uint64_t)i, each, &wg);
    go_waitgroup_wait(&wg);
    struct report_span took = report_since(start);
    double all = 1e3 * (double)(n * each);
    printf("%s %ld: %.1f us, %.1f us of CPU\n", mode, n, (double)took.wall / all,
           (double)took.cpu / all);
}
