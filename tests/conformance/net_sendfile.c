/* SPDX-License-Identifier: MIT */
/* go_sendfile: all of it or to the end of the file, to sockets in either mode, pipes and
 * files; from an offset or from where the file stands; ended by a deadline, by the close of
 * either side, by a reader that is gone, without a signal. */
#include "net_support.h"

enum { SIZE = 600000 };

static char content[SIZE], got[SIZE];

static int file_make(void)
{
    char path[] = "/tmp/goroutine-file-XXXXXX";
    int f = mkstemp(path);
    CHECK(f >= 0);
    unlink(path);
    CHECK_EQ(go_write(f, content, SIZE), SIZE);
    CHECK_EQ(lseek(f, 0, SEEK_SET), 0);
    return f;
}

static void take(int fd, size_t n, go_waitgroup *wg)
{
    CHECK_EQ(read_full(fd, got, n), n);
    go_waitgroup_done(wg);
}

static void send_all(enum kind k)
{
    struct link l = link_make(k);
    int f = file_make();
    off_t at = 1000;
    go_waitgroup wg = { 0 };
    memset(got, 0, SIZE);
    go_waitgroup_add(&wg, 1);
    go(take, l.b.r, (size_t)(SIZE - 1000), &wg);
    CHECK_EQ(go_sendfile(l.a.w, f, &at, SIZE), SIZE - 1000); /* more than there is */
    CHECK_EQ(at, SIZE);
    CHECK_EQ(lseek(f, 0, SEEK_CUR), 0);
    go_waitgroup_wait(&wg);
    CHECK_EQ(memcmp(got, content + 1000, SIZE - 1000), 0);

    go_waitgroup_add(&wg, 1);
    go(take, l.b.r, (size_t)100000, &wg);
    CHECK_EQ(go_sendfile(l.a.w, f, NULL, 70000), 70000);
    CHECK_EQ(go_sendfile(l.a.w, f, NULL, 30000), 30000);
    CHECK_EQ(lseek(f, 0, SEEK_CUR), 100000);
    go_waitgroup_wait(&wg);
    CHECK_EQ(memcmp(got, content, 100000), 0);

    CHECK_EQ(go_sendfile(l.a.w, f, &at, 10), 0);
    CHECK_EQ(go_close_fd(f), 0);
    link_close(l);
}

/* As much as had room; what the offset says is what arrives. */
static void ended(enum kind k)
{
    struct link l = link_make(k);
    int f = file_make();
    off_t at = 0;
    size_t sum = 0;
    ssize_t r;
    CHECK_EQ(go_set_write_deadline(l.a.w, go_now() + 2 * GO_MILLISECOND), 0);
    while ((r = go_sendfile(l.a.w, f, &at, SIZE)) >= 0) {
        sum += (size_t)r;
        at = at == SIZE ? 0 : at;
    }
    CHECK_EQ(errno, ETIMEDOUT);
    CHECK_EQ(at, sum % SIZE);
    end_close(l.a);
    while (sum > 0) {
        size_t n = sum < SIZE ? sum : SIZE;
        CHECK_EQ(read_full(l.b.r, got, n), n);
        CHECK_EQ(memcmp(got, content, n), 0);
        sum -= n;
    }
    CHECK_EQ(go_read(l.b.r, got, 1), 0);
    CHECK_EQ(go_close_fd(f), 0);
    end_close(l.b);
}

static void send_until_closed(int out, int in)
{
    ssize_t r;
    off_t at = 0;
    while ((r = go_sendfile(out, in, &at, SIZE)) >= 0)
        at = at == SIZE ? 0 : at;
    CHECK_EQ(errno, EBADF);
}

static void closed(enum kind k, bool in)
{
    struct link l = link_make(k);
    int f = file_make();
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, send_until_closed, l.a.w, f);
    go_sleep(GO_MILLISECOND);
    CHECK_EQ(go_close_fd(in ? f : l.a.w), 0);
    go_waitgroup_wait(&wg);
    if (!in) {
        CHECK_EQ(go_close_fd(f), 0);
        if (l.a.r != l.a.w)
            CHECK_EQ(go_close_fd(l.a.r), 0);
    } else {
        end_close(l.a);
    }
    end_close(l.b);
}

/* A reset may come late: until then the bytes go nowhere. */
static void gone(enum kind k)
{
    struct link l = link_make(k);
    int f = file_make();
    end_close(l.b);
    ssize_t r;
    do {
        off_t at = 0;
        r = go_sendfile(l.a.w, f, &at, SIZE);
    } while (r >= 0);
    CHECK(errno == EPIPE || errno == ECONNRESET);
    CHECK_EQ(go_close_fd(f), 0);
    end_close(l.a);
}

static void to_file(void)
{
    int in = file_make(), out = file_make();
    CHECK_EQ(ftruncate(out, 0), 0);
    CHECK_EQ(go_sendfile(out, in, NULL, SIZE), SIZE);
    CHECK_EQ(pread(out, got, SIZE, 0), SIZE);
    CHECK_EQ(memcmp(got, content, SIZE), 0);
    CHECK_EQ(go_close_fd(in), 0);
    CHECK_FAILS(go_sendfile(out, in, NULL, 1), EBADF);
    CHECK_EQ(go_close_fd(out), 0);
    CHECK_FAILS(go_sendfile(19999, 0, NULL, 1), EBADF);
}

int main(void)
{
    for (int i = 0; i < SIZE; i++)
        content[i] = (char)(i * 13 + i / 777);
    for (int k = 0; k < KINDS; k++) {
        send_all((enum kind)k);
        ended((enum kind)k);
        closed((enum kind)k, false);
        closed((enum kind)k, true);
        if (k != PIPE && k != BLOCKING_PIPE && k != FIFO)
            gone((enum kind)k);
    }
    to_file();
}
