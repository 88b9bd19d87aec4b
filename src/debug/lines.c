/* SPDX-License-Identifier: MIT */
#include "debug/lines.h"

#include "base/pause.h"
#include "os/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

/* --- The child ------------------------------------------------------------ */

enum { CHILD_STACK = 64 * 1024, MAX_PATHS = 64 };

struct child {
    const char *paths[MAX_PATHS + 1]; /* of the tool, to try in order */
    char *const *argv;
    int io; /* its standard input and output */
};

/* Runs in our memory while we are suspended (CLONE_VM | CLONE_VFORK): no malloc
 * and no lock can be held by another thread here that it would need.  Signals
 * stay blocked: a handler of the program must not run in the child. */
__attribute__((no_sanitize("thread"))) static int child_main(void *arg)
{
    /* Debug information over the network is not wanted in a crash. */
    static char *const env[] = { (char *)"LC_ALL=C", NULL };
    const struct child *c = arg;
    if (syscall(SYS_dup3, c->io, STDIN_FILENO, 0) < 0 ||
        syscall(SYS_dup3, c->io, STDOUT_FILENO, 0) < 0)
        syscall(SYS_exit_group, 127);
    long null = syscall(SYS_openat, AT_FDCWD, "/dev/null", O_WRONLY, 0);
    if (null >= 0)
        syscall(SYS_dup3, null, STDERR_FILENO, 0);
    syscall(SYS_close_range, 3, ~0u, 0);
    for (int i = 0; c->paths[i]; i++)
        syscall(SYS_execve, c->paths[i], c->argv, env);
    syscall(SYS_exit_group, 127);
    return 0;
}

/* glibc's second name for clone.  The thread sanitizer takes clone() for a fork
 * and changes its own state, which the child shares with us. */
int __clone(int (*fn)(void *), void *stack, int flags, void *arg, ...) __attribute__((weak));

/* As vfork, but on a stack of its own, and with every signal blocked. */
static pid_t start_child(struct child *c)
{
    char *stack =
        mmap(NULL, CHILD_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (stack == MAP_FAILED)
        return -1;
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int (*start)(int (*)(void *), void *, int, void *, ...) = __clone ? __clone : clone;
    pid_t pid = start(child_main, stack + CHILD_STACK, CLONE_VM | CLONE_VFORK | SIGCHLD, c);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    munmap(stack, CHILD_STACK);
    return pid;
}

/* A program that waits for any child may have taken it from us: no matter. */
static void reap(pid_t pid)
{
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

/* tool in every directory of PATH. */
static void list_paths(struct scratch *mem, const char *tool, struct child *c)
{
    const char *dir = getenv("PATH");
    size_t tool_len = strlen(tool);
    int n = 0;
    if (!dir || !*dir)
        dir = "/usr/local/bin:/usr/bin:/bin";
    while (n < MAX_PATHS && *dir) {
        size_t len = strcspn(dir, ":");
        char *path = *dir == '/' ? scratch_alloc(mem, len + tool_len + 2) : NULL;
        if (path) {
            memcpy(path, dir, len);
            path[len] = '/';
            memcpy(path + len + 1, tool, tool_len);
            c->paths[n++] = path;
        }
        dir += len + (dir[len] == ':');
    }
    c->paths[n] = NULL;
}

/* --- The conversation ------------------------------------------------------ */

struct text {
    char *at;
    size_t n, cap;
};

/* One socket for both directions: send() can be told not to raise SIGPIPE, a
 * pipe cannot.  Neither end may be 0, 1 or 2: the child fills those. */
static bool open_channel(int fd[2])
{
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd) != 0)
        return false;
    for (int i = 0; i < 2; i++) {
        if (fd[i] > 2)
            continue;
        int up = fcntl(fd[i], F_DUPFD_CLOEXEC, 3);
        close(fd[i]);
        fd[i] = up;
    }
    if (fd[0] >= 0 && fd[1] >= 0)
        return true;
    close(fd[0]);
    close(fd[1]);
    return false;
}

static bool put_address(struct text *q, uintptr_t addr)
{
    if (q->cap - q->n < 24)
        return false;
    char digits[20], *p = digits + sizeof digits;
    do
        *--p = "0123456789abcdef"[addr & 15];
    while (addr >>= 4);
    size_t n = (size_t)(digits + sizeof digits - p);
    memcpy(q->at + q->n, "0x", 2);
    memcpy(q->at + q->n + 2, p, n);
    q->at[q->n + 2 + n] = '\n';
    q->n += n + 3;
    return true;
}

static bool make_room(struct scratch *mem, struct text *t)
{
    if (t->cap - t->n > 4096)
        return true;
    size_t cap = t->cap ? 2 * t->cap : 65536;
    char *bigger = scratch_alloc(mem, cap);
    if (!bigger)
        return false;
    if (t->n)
        memcpy(bigger, t->at, t->n);
    t->at = bigger;
    t->cap = cap;
    return true;
}

/* Send the questions and read the answers at the same time: either side may
 * fill the socket.  Ends at the tool's end of file, or at the deadline. */
static void talk(struct scratch *mem, int fd, const struct text *questions, struct text *answers,
                 int64_t deadline)
{
    size_t sent = 0;
    for (;;) {
        bool asking = sent < questions->n;
        int64_t left = (deadline - clock_now()) / 1000000;
        struct pollfd p = { .fd = fd, .events = (short)(POLLIN | (asking ? POLLOUT : 0)) };
        int r = left > 0 ? raw_poll(&p, 1, (int)left) : 0;
        if (r < 0 && errno == EINTR)
            continue;
        if (r <= 0 || !make_room(mem, answers))
            return;
        if (asking && (p.revents & POLLOUT)) {
            ssize_t w =
                send(fd, questions->at + sent, questions->n - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
            if (w < 0 && errno != EAGAIN && errno != EINTR)
                sent = questions->n;
            else if (w > 0)
                sent += (size_t)w;
            if (sent == questions->n)
                shutdown(fd, SHUT_WR);
        }
        if (p.revents & (POLLIN | POLLHUP | POLLERR)) {
            ssize_t got =
                recv(fd, answers->at + answers->n, answers->cap - answers->n, MSG_DONTWAIT);
            if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
                return;
            answers->n += got > 0 ? (size_t)got : 0;
        }
    }
}

static bool ask(struct scratch *mem, char *const *argv, const struct text *questions,
                struct text *answers, int64_t deadline)
{
    int fd[2];
    struct child c = { .argv = argv };
    list_paths(mem, argv[0], &c);
    if (!open_channel(fd))
        return false;
    c.io = fd[1];
    pid_t pid = start_child(&c);
    close(fd[1]);
    if (pid > 0) {
        talk(mem, fd[0], questions, answers, deadline);
        reap(pid);
    }
    close(fd[0]);
    return answers->n > 0;
}

/* --- The answers ----------------------------------------------------------- */

/* Cuts the next line off; NULL at the end, or if it is not complete. */
static char *next_line(char **at, char *end)
{
    char *line = *at, *nl = line < end ? memchr(line, '\n', (size_t)(end - line)) : NULL;
    if (!nl)
        return NULL;
    *nl = '\0';
    *at = nl + 1;
    return line;
}

/* "file:12 (discriminator 3)", "file:12", "file:?", "??:0" */
static void parse_position(char *text, struct line *l)
{
    char *colon = strrchr(text, ':');
    if (!colon)
        return;
    *colon = '\0';
    for (const char *p = colon + 1; *p >= '0' && *p <= '9'; p++)
        l->number = l->number * 10 + (uint32_t)(*p - '0');
    if (strcmp(text, "??") != 0 && l->number > 0)
        l->file = text;
}

/* The pairs of lines that follow one address, up to the next address. */
static const struct line *parse_chain(struct scratch *mem, char **at, char *end)
{
    const struct line *first = NULL, **link = &first;
    while (*at < end && strncmp(*at, "0x", 2) != 0) {
        char *func = next_line(at, end), *position = func ? next_line(at, end) : NULL;
        struct line *l = position ? scratch_alloc(mem, sizeof *l) : NULL;
        if (!l)
            break;
        parse_position(position, l);
        l->func = strcmp(func, "??") == 0 ? NULL : func;
        if (!l->func && !l->file)
            continue;
        *link = l;
        link = &l->outer;
    }
    return first;
}

static void parse_answers(struct scratch *mem, struct text *t, const struct line **out, uint32_t n)
{
    char *at = t->at, *end = t->at + t->n;
    for (uint32_t i = 0; i < n; i++) {
        const char *address = next_line(&at, end);
        if (!address || strncmp(address, "0x", 2) != 0)
            return;
        out[i] = parse_chain(mem, &at, end);
    }
}

bool lines_find(struct scratch *mem, const char *path, const uintptr_t *addrs,
                const struct line **out, uint32_t n, int64_t deadline)
{
    char *gnu[] = { (char *)"addr2line", (char *)"-aCfie", (char *)(uintptr_t)path, NULL };
    char *llvm[] = { (char *)"llvm-symbolizer", (char *)"--output-style=GNU", (char *)"-aCfie",
                     (char *)(uintptr_t)path, NULL };
    struct text questions = { .cap = (size_t)n * 24 }, answers = { 0 };
    if (getauxval(AT_SECURE) || !(questions.at = scratch_alloc(mem, questions.cap)))
        return false;
    for (uint32_t i = 0; i < n; i++)
        put_address(&questions, addrs[i]);
    if (!ask(mem, gnu, &questions, &answers, deadline) &&
        !ask(mem, llvm, &questions, &answers, deadline))
        return false;
    parse_answers(mem, &answers, out, n);
    return true;
}
