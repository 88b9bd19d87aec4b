/* SPDX-License-Identifier: MIT */
/* process.h: what a program that is started gets, and the errors of starting one. */
#include "support.h"

#include <fcntl.h>
#include <goroutine.h>
#include <goroutine/net.h>
#include <sys/stat.h>

/* All that comes from fd until its end. */
static char *drain(int fd, char *buf, size_t size)
{
    size_t have = 0;
    ssize_t n;
    while ((n = go_read(fd, buf + have, size - 1 - have)) > 0)
        have += (size_t)n;
    CHECK_EQ(n, 0);
    buf[have] = 0;
    CHECK_EQ(go_close_fd(fd), 0);
    return buf;
}

static int finish(go_process *p)
{
    int status = -1;
    CHECK_EQ(go_process_wait(p, &status), 0);
    go_process_drop(p);
    return status;
}

static char *shell_out(const char *script, go_command c, char *buf, size_t size)
{
    char *argv[] = { "sh", "-c", (char *)script, NULL };
    go_process p;
    c.argv = argv;
    c.out = GO_STDIO_PIPE;
    CHECK(go_process_start(&p, &c) > 0);
    CHECK(p.out >= 0 && p.in == -1 && p.err == -1);
    drain(p.out, buf, size);
    int status = finish(&p);
    if (status != 0)
        fprintf(stderr, "%s: status %x\n", script, status);
    CHECK_EQ(status, 0);
    return buf;
}

/* Those that a program that is started has too, besides 0, 1 and 2. */
static int inherited(void)
{
    int n = 0;
    for (int fd = 3; fd < 1024; fd++) {
        int flags = fcntl(fd, F_GETFD);
        n += flags >= 0 && !(flags & FD_CLOEXEC);
    }
    return n;
}

static void output(int others)
{
    char buf[1000];
    CHECK(strcmp(shell_out("echo hello", (go_command){ 0 }, buf, sizeof buf), "hello\n") == 0);
    char *env[] = { "A=b c", "PATH=/bin:/usr/bin", NULL };
    shell_out("echo $A", (go_command){ .env = env }, buf, sizeof buf);
    CHECK(strcmp(buf, "b c\n") == 0);
    shell_out("pwd", (go_command){ .dir = "/" }, buf, sizeof buf);
    CHECK(strcmp(buf, "/\n") == 0);
    shell_out("echo 1; echo 2 >&2", (go_command){ .err = GO_STDIO_OUT }, buf, sizeof buf);
    CHECK(strcmp(buf, "1\n2\n") == 0);
    shell_out("cat; echo end", (go_command){ .in = GO_STDIO_NULL, .err = GO_STDIO_NULL }, buf,
              sizeof buf);
    CHECK(strcmp(buf, "end\n") == 0);
    /* Nothing of ours is there besides. */
    shell_out("ls /proc/self/fd | wc -l", (go_command){ .in = GO_STDIO_NULL }, buf, sizeof buf);
    CHECK_EQ(atoi(buf), 4 + others); /* and what ls has open */
}

/* Swapped, doubled, below 3: each goes where it was asked to. */
static void descriptors(void)
{
    int ends[2], status;
    char buf[100];
    char *argv[] = { "sh", "-c", "echo out; echo err >&2", NULL };
    go_process p;
    CHECK_EQ(go_pipe(ends), 0);
    CHECK(go_process_start(&p, &(go_command){ .argv = argv, .out = ends[1], .err = ends[1] }) > 0);
    CHECK_EQ(go_close_fd(ends[1]), 0);
    drain(ends[0], buf, sizeof buf);
    CHECK(strcmp(buf, "out\nerr\n") == 0);
    CHECK_EQ(finish(&p), 0);

    fflush(stdout);
    int one = dup(1), two = dup(2), a[2], b[2];
    CHECK(pipe2(a, O_CLOEXEC) == 0 && pipe2(b, O_CLOEXEC) == 0);
    CHECK(dup2(a[1], 1) == 1 && dup2(b[1], 2) == 2);
    pid_t pid = go_process_start(&p, &(go_command){ .argv = argv, .out = 2, .err = 1 });
    CHECK(dup2(one, 1) == 1 && dup2(two, 2) == 2);
    CHECK(pid > 0);
    close(a[1]), close(b[1]), close(one), close(two);
    CHECK(strcmp(drain(a[0], buf, sizeof buf), "err\n") == 0);
    CHECK(strcmp(drain(b[0], buf, sizeof buf), "out\n") == 0);
    CHECK_EQ(go_process_wait(&p, &status), 0);
    CHECK_EQ(status, 0);
    go_process_drop(&p);
}

/* With 0, 1 and 2 closed the pipes' own ends get these numbers. */
static void no_descriptors(void)
{
    fflush(stdout);
    int saved[3], status;
    char buf[100];
    char *argv[] = { "sh", "-c", "read a; echo $a; echo err >&2", NULL };
    go_process p;
    for (int i = 0; i < 3; i++)
        saved[i] = fcntl(i, F_DUPFD_CLOEXEC, 10);
    for (int i = 0; i < 3; i++)
        close(i);
    pid_t pid = go_process_start(
        &p, &(go_command){
                .argv = argv, .in = GO_STDIO_PIPE, .out = GO_STDIO_PIPE, .err = GO_STDIO_PIPE });
    ssize_t n = pid > 0 ? go_write(p.in, "x\n", 2) : 0;
    if (pid > 0) {
        drain(p.out, buf, sizeof buf);
        go_close_fd(p.in);
    }
    char err[100] = "";
    if (pid > 0)
        drain(p.err, err, sizeof err);
    for (int i = 0; i < 3; i++)
        CHECK(saved[i] < 0 || dup2(saved[i], i) == i);
    CHECK(pid > 0);
    CHECK_EQ(n, 2);
    CHECK(strcmp(buf, "x\n") == 0);
    CHECK(strcmp(err, "err\n") == 0);
    CHECK_EQ(go_process_wait(&p, &status), 0);
    CHECK_EQ(status, 0);
    go_process_drop(&p);
    for (int i = 0; i < 3; i++)
        if (saved[i] >= 0)
            close(saved[i]);
}

/* Where starting a process is imitated (emulators, Valgrind), what exec says is lost. */
static bool exec_tells(void)
{
    char *none[] = { "/there/is/no/such/program", NULL };
    pid_t pid;
    if (posix_spawn(&pid, none[0], NULL, NULL, none, environ) != 0)
        return true;
    CHECK_EQ(waitpid(pid, NULL, 0), pid);
    return false;
}

static void errors(void)
{
    char *none[] = { "/there/is/no/such/program", NULL }, *nothing[] = { NULL };
    char *folder[] = { "/", NULL }, *sh[] = { "sh", "-c", ":", NULL },
         *name[] = { "no such", NULL };
    go_process p;
    CHECK_EQ(go_process_start(&p, &(go_command){ .argv = none }), -ENOENT);
    CHECK_EQ(go_process_start(&p, &(go_command){ .argv = name }), -ENOENT);
    CHECK_EQ(go_process_start(&p, &(go_command){ .argv = nothing }), -EINVAL);
    CHECK_EQ(go_process_start(&p, &(go_command){ 0 }), -EINVAL);
    CHECK_EQ(go_process_start(&p, &(go_command){ .argv = folder }), -EACCES);
    CHECK_EQ(go_process_start(&p, &(go_command){ .argv = sh, .dir = "/there/is/none" }), -ENOENT);
    CHECK_EQ(go_process_start(&p, &(go_command){ .argv = sh, .out = 12345 }), -EBADF);
    CHECK_EQ(go_process_start(&p, &(go_command){ .argv = sh, .out = -7 }), -EINVAL);
    CHECK_EQ(go_process_start(&p, &(go_command){ .argv = none, .in = GO_STDIO_PIPE }), -ENOENT);
    CHECK(p.pid == -1 && p.in == -1 && p.out == -1 && p.err == -1);
    CHECK_EQ(go_process_wait(&p, NULL), -ECHILD);
    CHECK_EQ(go_process_signal(&p, SIGTERM), -ESRCH);
    go_process_drop(&p);
    go_context *over = go_context_with_cancel(go_context_background());
    go_context_cancel(over);
    CHECK_EQ(go_process_start(&p, &(go_command){ .argv = sh, .ctx = over }), -ECANCELED);
    go_context_drop(over);
}

/* Signals that are blocked or ignored here are not there. */
static void signals(void)
{
    char buf[2000];
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    go_lock_thread();
    CHECK_EQ(sigprocmask(SIG_BLOCK, &set, NULL), 0);
    CHECK_EQ(go_signal_ignore(SIGUSR2), 0);
    shell_out("grep -E 'Sig(Blk|Ign)' /proc/self/status", (go_command){ 0 }, buf, sizeof buf);
    unsigned long long blocked = 1, ignored = 1;
    CHECK_EQ(sscanf(buf, "SigBlk: %llx SigIgn: %llx", &blocked, &ignored), 2);
    CHECK_EQ(blocked, 0);
    CHECK_EQ(ignored & 0x7fffffff, 0); /* C libraries and emulators have some for themselves */
    CHECK_EQ(go_signal_reset(SIGUSR2), 0);
    CHECK_EQ(sigprocmask(SIG_UNBLOCK, &set, NULL), 0);
    go_unlock_thread();
}

static void groups(void)
{
    char *argv[] = { "sh", "-c", "read x", NULL };
    go_process p, q;
    CHECK(go_process_start(&p, &(go_command){ .argv = argv, .in = GO_STDIO_PIPE, .group = -1 }) >
          0);
    CHECK_EQ(getpgid(p.pid), p.pid);
    CHECK(go_process_start(&q, &(go_command){ .argv = argv, .in = GO_STDIO_PIPE, .group = p.pid }) >
          0);
    CHECK_EQ(getpgid(q.pid), p.pid);
    CHECK_EQ(kill(-p.pid, SIGKILL), 0);
    CHECK_EQ(WTERMSIG(finish(&q)), SIGKILL);
    CHECK_EQ(WTERMSIG(finish(&p)), SIGKILL);
    go_close_fd(p.in);
    go_close_fd(q.in);
    CHECK(go_process_start(
              &p, &(go_command){ .argv = argv, .in = GO_STDIO_PIPE, .session = true }) > 0);
    CHECK_EQ(getsid(p.pid), p.pid);
    go_close_fd(p.in);
    CHECK(WIFEXITED(finish(&p)));
}

int main(void)
{
    output(inherited());
    descriptors();
    no_descriptors();
    if (exec_tells())
        errors();
    signals();
    groups();
}
