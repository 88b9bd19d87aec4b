/* SPDX-License-Identifier: MIT */
/* file.h: nobody else stands still while goroutines wait for disks, or for ever.
 *
 * On one P: a ticker goes on ticking beside 100 goroutines in fsync, and while others wait
 * in go_open for the other end of a FIFO, which is opened only when it has ticked. */
#include "file_support.h"

enum { TICKS = 50, FIFOS = 10 };

static go_int64 ticks;

static void tick(go_context *ctx)
{
    go_ticker *t = go_ticker_new(GO_MILLISECOND);
    while (go_recv_ctx(go_ticker_chan(t), NULL, ctx) == 0)
        go_int64_add(&ticks, 1);
    go_ticker_drop(t);
}

static void wait_for_ticks(int n)
{
    int64_t end = go_int64_load(&ticks) + n;
    while (go_int64_load(&ticks) < end)
        go_sleep(GO_MILLISECOND);
}

static void sync_until(int i, go_context *ctx, go_waitgroup *wg)
{
    char path[128];
    int fd = go_open(path_of(path, "fsync", i), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    CHECK(fd >= 0);
    for (off_t k = 0; !go_context_err(ctx); k++) {
        CHECK_EQ(go_pwrite(fd, path, sizeof path, k % 1000 * (off_t)sizeof path), sizeof path);
        CHECK_EQ(go_fsync(fd), 0);
    }
    CHECK_EQ(go_close_fd(fd), 0);
    go_waitgroup_done(wg);
}

static void open_fifo(int i, go_waitgroup *wg)
{
    char path[128], byte = 0;
    int fd = go_open(path_of(path, "fifo", i), O_RDONLY | O_CLOEXEC);
    CHECK(fd >= 0);
    CHECK_EQ(go_read(fd, &byte, 1), 1);
    CHECK_EQ(byte, 'a' + i);
    CHECK_EQ(go_close_fd(fd), 0);
    go_waitgroup_done(wg);
}

static void beside_fsync(void)
{
    int n = test_scale(100, 30);
    go_waitgroup wg = { 0 };
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_waitgroup_add(&wg, n);
    for (int i = 0; i < n; i++)
        go(sync_until, i, ctx, &wg);
    wait_for_ticks(TICKS);
    go_context_cancel(ctx);
    go_waitgroup_wait(&wg);
    go_context_drop(ctx);
}

static void beside_open(void)
{
    char path[128];
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, FIFOS);
    for (int i = 0; i < FIFOS; i++) {
        CHECK_EQ(mkfifo(path_of(path, "fifo", i), 0600), 0);
        go(open_fifo, i, &wg);
    }
    wait_for_ticks(TICKS);
    for (int i = 0; i < FIFOS; i++) {
        char byte = (char)('a' + i);
        int fd = go_open(path_of(path, "fifo", i), O_WRONLY | O_CLOEXEC);
        CHECK(fd >= 0);
        CHECK_EQ(go_write(fd, &byte, 1), 1);
        CHECK_EQ(go_close_fd(fd), 0);
    }
    go_waitgroup_wait(&wg);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_maxprocs(1);
    folder_make();
    go_waitgroup_go(&wg, tick, ctx);
    beside_fsync();
    beside_open();
    go_context_cancel(ctx);
    go_waitgroup_wait(&wg);
    go_context_drop(ctx);
}
