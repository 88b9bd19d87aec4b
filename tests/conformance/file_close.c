/* SPDX-License-Identifier: MIT */
/* file.h: a read that is under way while go_close_fd closes its descriptor, and the number
 * is given to another file at once, reads its own file or fails with EBADF. */
#include "file_support.h"

enum { SIZE = 64 * 4096, PIECE = 4096 };

static int fd_now; /* atomic; -1: the end */
static go_int64 reads;

/* The number may be a new file by the time it is read: the caller knows only that it was
 * one of the two.  The bytes are all of one file. */
static void reader(int seed, go_waitgroup *wg)
{
    unsigned char *buf = aligned(PIECE);
    unsigned x = (unsigned)seed;
    int fd;
    while ((fd = __atomic_load_n(&fd_now, __ATOMIC_SEQ_CST)) >= 0) {
        x = x * 1664525u + 1013904223u;
        off_t at = (off_t)((x >> 8) % (SIZE / PIECE)) * PIECE;
        ssize_t n = go_pread(fd, buf, PIECE, at);
        if (n < 0) {
            CHECK_EQ(errno, EBADF);
        } else {
            /* Less: it was one of the files in /proc that the library looks at. */
            if (n == PIECE)
                check_bytes(buf, PIECE, buf[0] == pattern(1, at), at);
            go_int64_add(&reads, n == PIECE);
        }
        go_yield();
    }
    free(buf);
    go_waitgroup_done(wg);
}

int main(void)
{
    int readers = test_scale(20, 10), rounds = test_scale(60, 20);
    char path[2][128];
    go_waitgroup wg = { 0 };
    folder_make();
    for (int i = 0; i < 2; i++)
        close(file_with(path[i], i, SIZE));
    fd_now = direct(path[0], O_RDONLY);
    go_waitgroup_add(&wg, readers);
    for (int i = 0; i < readers; i++)
        go(reader, i, &wg);
    for (int i = 1; i <= rounds; i++) {
        int64_t before = go_int64_load(&reads);
        while (go_int64_load(&reads) == before)
            go_yield();
        CHECK_EQ(go_close_fd(fd_now), 0);
        int fd = go_open(path[i & 1], O_RDONLY | O_CLOEXEC | (i % 4 < 2 ? O_DIRECT : 0));
        if (fd < 0)
            fd = go_open(path[i & 1], O_RDONLY | O_CLOEXEC);
        CHECK(fd >= 0);
        __atomic_store_n(&fd_now, fd, __ATOMIC_SEQ_CST);
    }
    int last = fd_now;
    __atomic_store_n(&fd_now, -1, __ATOMIC_SEQ_CST);
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_close_fd(last), 0);
}
