/* SPDX-License-Identifier: MIT */
/* Where no goroutine runs the calls are libc's: before the first one, on threads that are not
 * ours, in the child after fork and after vfork; and a signal's handler may call them. */
#include "support.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

static int pipe_fds[2];

static void *block_here(void *arg)
{
    char c = 0;
    CHECK(!go_on_goroutine());
    CHECK_EQ(read(*(int *)arg, &c, 1), 1);
    CHECK_EQ(usleep(1000), 0);
    struct pollfd p = { *(int *)arg, POLLIN, 0 };
    CHECK_EQ(poll(&p, 1, 1), 0);
    return NULL;
}

static void threads_block(void)
{
    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, block_here, &pipe_fds[0]), 0);
    CHECK_EQ(write(pipe_fds[1], "x", 1), 1);
    CHECK_EQ(pthread_join(t, NULL), 0);
}

static int exit_status(pid_t pid)
{
    int status;
    CHECK(pid > 0);
    CHECK_EQ(waitpid(pid, &status, 0), pid);
    CHECK(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* In the child the runtime is no more, and libc's calls do. */
static void fork_child(void)
{
    int fds[2];
    CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    pid_t pid = fork();
    if (pid == 0) {
        char c;
        struct pollfd p = { fds[0], POLLIN, 0 };
        alarm(20);
        if (read(fds[0], &c, 1) != 1 || poll(&p, 1, 2) != 0 || usleep(1000) != 0)
            _exit(1);
        close(fds[0]);
        _exit(c);
    }
    CHECK_EQ(write(fds[1], "x", 1), 1);
    CHECK_EQ(exit_status(pid), 'x');
    close(fds[0]);
    close(fds[1]);
}

/* The child of vfork has our memory and our thread-locals: it must neither park nor have us
 * forget what its descriptors are. */
static void vfork_child(void)
{
    int fds[2];
    char c = 0;
    CHECK_EQ(pipe(fds), 0);
    pid_t pid = vfork();
    if (pid == 0) {
        struct timespec t = { 0, 2000000 };
        nanosleep(&t, NULL);
        close(fds[0]);
        close(fds[1]);
        _exit(7);
    }
    CHECK_EQ(exit_status(pid), 7);
    CHECK_EQ(write(fds[1], "y", 1), 1); /* still open here */
    CHECK_EQ(read(fds[0], &c, 1), 1);
    CHECK_EQ(c, 'y');
    close(fds[0]);
    close(fds[1]);
}

static void tell(int sig)
{
    char c = (char)sig;
    int saved = errno;
    (void)!write(pipe_fds[1], &c, 1); /* the usual way out of a handler */
    errno = saved;
}

static void signalled(void)
{
    char c = 0;
    struct sigaction a = { .sa_handler = tell };
    CHECK_EQ(sigaction(SIGUSR1, &a, NULL), 0);
    CHECK_EQ(kill(getpid(), SIGUSR1), 0);
    CHECK_EQ(read(pipe_fds[0], &c, 1), 1);
    CHECK_EQ(c, SIGUSR1);
}

static void all(go_waitgroup *wg)
{
    threads_block();
    fork_child();
    vfork_child();
    signalled();
    go_waitgroup_done(wg);
}

int main(void)
{
    CHECK_IN_FORCE();
    CHECK_EQ(pipe(pipe_fds), 0);
    CHECK(!go_on_goroutine());
    threads_block();
    fork_child();
    vfork_child();
    CHECK_EQ(usleep(1000), 0);
    CHECK(!go_on_goroutine()); /* none of it has started the runtime */
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 5; i++) {
        go_waitgroup_add(&wg, 1);
        go(all, &wg);
        go_waitgroup_wait(&wg);
    }
    return 0;
}
