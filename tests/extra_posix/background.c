/* SPDX-License-Identifier: MIT */
/* A program that forks before its first goroutine, as one does that puts itself into the
 * background: in the child who waits parks. */
#include "support.h"

#include <sys/wait.h>

enum { MANY = 50 };

static int pipes[MANY][2];
static int arrived;

static void take(int i)
{
    char c;
    __atomic_add_fetch(&arrived, 1, __ATOMIC_SEQ_CST);
    CHECK_EQ(read(pipes[i][0], &c, 1), 1);
}

static void in_background(void)
{
    go_waitgroup wg = { 0 };
    for (int i = 0; i < MANY; i++) {
        CHECK_EQ(pipe(pipes[i]), 0);
        go_waitgroup_go(&wg, take, i);
    }
    while (__atomic_load_n(&arrived, __ATOMIC_SEQ_CST) < MANY)
        usleep(1000);
    usleep(50000); /* a thread for each of them would be there by now */
    CHECK(threads() < MANY / 2);
    for (int i = 0; i < MANY; i++)
        CHECK_EQ(write(pipes[i][1], "x", 1), 1);
    go_waitgroup_wait(&wg);
}

int main(void)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        CHECK_IN_FORCE();
        in_background();
        exit(0);
    }
    CHECK_EQ(waitpid(pid, &status, 0), pid);
    CHECK_EQ(status, 0);
}
