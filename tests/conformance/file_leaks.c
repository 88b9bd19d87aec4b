/* SPDX-License-Identifier: MIT */
/* go_leaks and go_dump with files in use: who waits for a disk is not leaked, and the
 * threads that the kernel keeps for files, which answer to nobody, do not stop the search. */
#include "file_support.h"

static go_bool stop;

static void sync_until(int i, go_waitgroup *wg)
{
    char path[128];
    int fd = go_open(path_of(path, "fsync", i), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    CHECK(fd >= 0);
    for (off_t k = 0; !go_bool_load(&stop); k = (k + 1) % 100) {
        CHECK_EQ(go_pwrite(fd, "x", 1, k), 1);
        CHECK_EQ(go_fsync(fd), 0);
    }
    CHECK_EQ(go_close_fd(fd), 0);
    go_waitgroup_done(wg);
}

/* A busy machine may be too slow to stop it all; then once more. */
static void look_until_found(int times)
{
    while (times > 0) {
        int64_t n = go_leaks(-1);
        CHECK(n == 0 || n == -EAGAIN);
        times -= n == 0;
        go_sleep(GO_MILLISECOND);
    }
}

int main(void)
{
    enum { N = 30 };
    go_waitgroup wg = { 0 };
    if (go_leaks(-1) == -ENOTSUP)
        return 77;
    folder_make();
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    CHECK(null >= 0);
    go_waitgroup_add(&wg, N);
    for (int i = 0; i < N; i++)
        go(sync_until, i, &wg);
    look_until_found(5);
    go_dump(null);
    go_bool_store(&stop, true);
    go_waitgroup_wait(&wg);
    look_until_found(1); /* now the kernel's threads are idle, and there */
    CHECK_EQ(go_close_fd(null), 0);
}
