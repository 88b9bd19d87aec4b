/* SPDX-License-Identifier: MIT */
/* file.h: the calls are those of POSIX, with their results and errors. */
#include "file_support.h"

#include <limits.h>
#include <pthread.h>

static void fails(long r, int err)
{
    int was = errno;
    CHECK_EQ(r, -1);
    CHECK_EQ(was, err);
}

static void opening(void)
{
    char path[128], other[128];
    struct stat st;
    umask(022);
    int fd = go_open(path_of(path, "new", 0), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    CHECK(fd >= 0);
    CHECK_EQ(fstat(fd, &st), 0);
    CHECK_EQ(st.st_mode & 0777, 0644);
    CHECK_EQ(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    fails(go_open(path, O_RDWR | O_CREAT | O_EXCL, 0666), EEXIST);
    int again = go_open(path, O_RDONLY);
    CHECK(again >= 0 && again != fd);
    CHECK_EQ(fcntl(again, F_GETFD) & FD_CLOEXEC, 0);
    CHECK_EQ(go_close_fd(again), 0);
    fails(go_open(path_of(other, "none", 0), O_RDONLY), ENOENT);
    fails(go_open(path_of(other, "none/none", 0), O_RDWR | O_CREAT, 0600), ENOENT);
    fails(go_open(folder, O_RDWR), EISDIR);
    fails(go_open(path, O_RDONLY | O_DIRECTORY), ENOTDIR);
    int dir = go_open(folder, O_RDONLY | O_DIRECTORY);
    CHECK(dir >= 0);
    CHECK_EQ(go_fsync(dir), 0);
    CHECK_EQ(go_close_fd(dir), 0);
    CHECK_EQ(go_pwrite(fd, "x", 1, 0), 1);
    again = go_open(path, O_WRONLY | O_TRUNC);
    CHECK(again >= 0);
    CHECK_EQ(fstat(fd, &st), 0);
    CHECK_EQ(st.st_size, 0);
    CHECK_EQ(go_close_fd(again), 0);
    CHECK_EQ(go_close_fd(fd), 0);
}

static void reading(void)
{
    char path[128];
    unsigned char buf[10000];
    int fd = file_with(path, 1, 9000);
    CHECK_EQ(go_pread(fd, buf, 100, 8950), 50); /* as far as the file goes */
    check_bytes(buf, 50, 1, 8950);
    CHECK_EQ(go_pread(fd, buf, sizeof buf, 0), 9000);
    check_bytes(buf, 9000, 1, 0);
    CHECK_EQ(go_pread(fd, buf, 10, 9000), 0);
    CHECK_EQ(go_pread(fd, buf, 10, 1 << 20), 0);
    CHECK_EQ(go_pread(fd, buf, 0, 0), 0);
    CHECK_EQ(lseek(fd, 0, SEEK_CUR), 0); /* which has not moved */
    fails(go_pread(fd, buf, 10, -1), EINVAL);
    fails(go_pread(fd, buf, 10, -2), EINVAL);
    fails(go_pread(-1, buf, 10, 0), EBADF);
    fails(go_pread(1 << 30, buf, 10, 0), EBADF);
    int closed = dup(fd);
    CHECK_EQ(go_close_fd(closed), 0);
    fails(go_pread(closed, buf, 10, 0), EBADF);
    fails(go_fsync(closed), EBADF);
    fails(go_pwrite(closed, buf, 10, 0), EBADF);
    fails(go_pwrite(fd, buf, 10, -1), EINVAL);
    int only = open(path, O_WRONLY | O_CLOEXEC);
    fails(go_pread(only, buf, 10, 0), EBADF);
    CHECK_EQ(go_close_fd(only), 0);
    CHECK_EQ(fcntl(fd, F_SETFL, O_NONBLOCK), 0); /* means nothing for a file */
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    CHECK_EQ(go_pread(fd, buf, sizeof buf, 0), 9000);
    check_bytes(buf, 9000, 1, 0);
    CHECK_EQ(go_fsync(fd), 0);
    CHECK_EQ(go_close_fd(fd), 0);
}

/* Pieces of odd sizes, more of them than are ever copied at once. */
static void many_pieces(void)
{
    enum { N = 40, SIZE = 300000 };
    char path[128];
    struct iovec v[N];
    static unsigned char buf[SIZE];
    int fd = file_with(path, 2, SIZE);
    size_t at = 0;
    for (int i = 0; i < N; i++) {
        size_t n = i == 7 ? 0 : i == N - 1 ? SIZE - at : (size_t)(i * 371 + 1);
        v[i] = (struct iovec){ buf + at, n };
        at += n;
    }
    /* One page of it is in memory, the rest is not. */
    unsigned char byte;
    CHECK_EQ(pread(fd, &byte, 1, 4096), 1);
    CHECK_EQ(go_preadv(fd, v, N, 0), SIZE);
    check_bytes(buf, SIZE, 2, 0);
    CHECK_EQ(go_preadv(fd, v, N, SIZE - 5), 5);
    fails(go_preadv(fd, v, IOV_MAX + 1, 0), EINVAL);
    fails(go_preadv(fd, v, -1, 0), EINVAL);
    CHECK_EQ(go_preadv(fd, v, 0, 0), 0);

    for (size_t k = 0; k < SIZE; k++)
        buf[k] = pattern(3, (off_t)k);
    CHECK_EQ(go_pwritev(fd, v, N, 0), SIZE);
    CHECK_EQ(go_fdatasync(fd), 0);
    memset(buf, 0, SIZE);
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    CHECK_EQ(go_pread(fd, buf, SIZE, 0), SIZE);
    check_bytes(buf, SIZE, 3, 0);
    CHECK_EQ(go_close_fd(fd), 0);
}

static void through_to_disk(void)
{
    enum { SIZE = 16384 };
    char path[128];
    unsigned char *buf = aligned(SIZE);
    for (int i = 0; i < SIZE; i++)
        buf[i] = pattern(4, i);
    int fd = go_open(path_of(path, "sync", 0), O_RDWR | O_CREAT | O_SYNC | O_CLOEXEC, 0600);
    CHECK(fd >= 0);
    CHECK_EQ(go_pwrite(fd, buf, SIZE, 0), SIZE);
    CHECK_EQ(go_close_fd(fd), 0);
    fd = direct(path, O_RDWR);
    memset(buf, 0, SIZE);
    CHECK_EQ(go_pread(fd, buf, SIZE, 0), SIZE);
    check_bytes(buf, SIZE, 4, 0);
    CHECK_EQ(go_pread(fd, buf, SIZE, 8192), SIZE - 8192);
    CHECK_EQ(go_pwrite(fd, buf, 4096, SIZE), 4096);
    CHECK_EQ(go_pread(fd, buf, SIZE, SIZE), 4096);
    check_bytes(buf, 4096, 4, 8192);
    CHECK_EQ(go_close_fd(fd), 0);
    free(buf);
}

/* What is no file gets the plain call. */
static void other_kinds(void)
{
    char buf[64];
    int ends[2];
    CHECK_EQ(pipe(ends), 0);
    fails(go_pread(ends[0], buf, 1, 0), ESPIPE);
    fails(go_pwrite(ends[1], buf, 1, 0), ESPIPE);
    fails(go_fsync(ends[1]), EINVAL);
    go_close_fd(ends[0]);
    go_close_fd(ends[1]);
    int fd = go_open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    CHECK(fd >= 0);
    CHECK(go_pread(fd, buf, sizeof buf - 1, 0) > 0);
    CHECK_EQ(atoi(buf), getpid());
    CHECK_EQ(go_close_fd(fd), 0);
    fd = go_open("/dev/zero", O_RDWR | O_CLOEXEC);
    CHECK(fd >= 0);
    CHECK_EQ(go_pread(fd, buf, sizeof buf, 12345), sizeof buf);
    CHECK_EQ(buf[63], 0);
    CHECK_EQ(go_close_fd(fd), 0);
}

static void *by_thread(void *arg)
{
    (void)arg;
    reading();
    opening();
    return NULL;
}

int main(void)
{
    pthread_t t;
    folder_make();
    opening();
    reading();
    many_pieces();
    through_to_disk();
    other_kinds();
    char path[128];
    CHECK_EQ(unlink(path_of(path, "new", 0)), 0);
    CHECK_EQ(pthread_create(&t, NULL, by_thread, NULL), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
}
