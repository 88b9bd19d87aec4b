/* SPDX-License-Identifier: MIT */
/* file.h: many goroutines at once, past the kernel's memory and through it: each gets its
 * own bytes, and all of them. */
#include "file_support.h"

enum { FILES = 4, SIZE = 1 << 20, PIECE = 8192 };

static int plain[FILES], past[FILES];

static void read_some(int seed, int n, go_waitgroup *wg)
{
    unsigned char *buf = aligned(PIECE);
    unsigned x = (unsigned)seed * 2654435761u + 1;
    for (int k = 0; k < n; k++) {
        x = x * 1664525u + 1013904223u;
        int i = (int)(x >> 8) % FILES;
        off_t at = (off_t)((x >> 10) % (SIZE / 512)) * 512;
        size_t want = (off_t)PIECE < SIZE - at ? (size_t)PIECE : (size_t)(SIZE - at);
        switch (k % 3) {
        case 0: /* a multiple of the sector: also past the kernel's memory */
            CHECK_EQ(go_pread(past[i], buf, PIECE, at), want);
            break;
        case 1:
            posix_fadvise(plain[i], at, PIECE, POSIX_FADV_DONTNEED);
            CHECK_EQ(go_pread(plain[i], buf, PIECE, at), want);
            break;
        default:
            at += at + 77 + PIECE < SIZE ? 77 : 0;
            want = (off_t)PIECE < SIZE - at ? (size_t)PIECE : (size_t)(SIZE - at);
            CHECK_EQ(go_pread(plain[i], buf, PIECE, at), want);
        }
        check_bytes(buf, want, i, at);
    }
    free(buf);
    go_waitgroup_done(wg);
}

/* Each its own file: created, written, synced, read back, renamed. */
static void write_own(int i, go_waitgroup *wg)
{
    char path[128], to[128];
    unsigned char buf[5000];
    int fd = go_open(path_of(path, "own", i), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    CHECK(fd >= 0);
    for (int k = 0; k < (int)sizeof buf; k++)
        buf[k] = pattern(i, k);
    CHECK_EQ(go_pwrite(fd, buf, sizeof buf, 0), sizeof buf);
    CHECK_EQ(i % 2 ? go_fsync(fd) : go_fdatasync(fd), 0);
    memset(buf, 0, sizeof buf);
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    CHECK_EQ(go_pread(fd, buf, sizeof buf, 0), sizeof buf);
    check_bytes(buf, sizeof buf, i, 0);
    CHECK_EQ(rename(path, path_of(to, "done", i)), 0);
    CHECK_EQ(go_close_fd(fd), 0);
    go_waitgroup_done(wg);
}

int main(void)
{
    int readers = test_scale(1000, 100), writers = test_scale(200, 40);
    char path[128];
    go_waitgroup wg = { 0 };
    folder_make();
    for (int i = 0; i < FILES; i++) {
        plain[i] = file_with(path, i, SIZE);
        past[i] = direct(path, O_RDONLY);
    }
    go_waitgroup_add(&wg, readers + writers);
    for (int i = 0; i < readers; i++)
        go(read_some, i, 6, &wg);
    for (int i = 0; i < writers; i++)
        go(write_own, i, &wg);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < writers; i++)
        CHECK_EQ(access(path_of(path, "done", i), F_OK), 0);
}
