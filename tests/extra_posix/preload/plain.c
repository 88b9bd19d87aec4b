/* SPDX-License-Identifier: MIT */
/* Linked with libgoroutine alone.  200 goroutines sleep and read in libc's calls; prints
 * whether that took a few threads ("parked") or one each ("blocked"). */
#include "../../check.h"

#include <goroutine.h>

#include <dirent.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 200, FEW = 100 };

static int fds[MOST][2];
static atomic_int arrived;

static int threads(void)
{
    int n = 0;
    DIR *d = opendir("/proc/self/task");
    CHECK(d != NULL);
    for (struct dirent *e; (e = readdir(d));)
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

static void wait_for_one(int i, go_waitgroup *wg)
{
    char c;
    atomic_fetch_add(&arrived, 1);
    CHECK_EQ(read(fds[i][0], &c, 1), 1);
    CHECK_EQ(usleep(1000), 0);
    go_waitgroup_done(wg);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, MOST);
    for (int i = 0; i < MOST; i++) {
        CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, fds[i]), 0);
        go(wait_for_one, i, &wg);
    }
    while (atomic_load(&arrived) < MOST)
        go_sleep(GO_MILLISECOND);
    puts(threads() <= FEW ? "parked" : "blocked");
    for (int i = 0; i < MOST; i++)
        CHECK_EQ(write(fds[i][1], "x", 1), 1);
    go_waitgroup_wait(&wg);
    return 0;
}
