/* SPDX-License-Identifier: MIT */
/* Only libc: the guard is a forked process, in which the library must not be used. */
#include "guard.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_CHILDREN 16
#define MAX_WORDS    32
#define PATIENCE_S   40 /* for a server to come up */

enum what { START, KILL, PAUSE, CHILD, CHILD_KILL, CHILD_WAIT };

struct order {
    enum what what;
    int number;
    char text[512];
};

static int line = -1;            /* to the guard; in the guard, to the test */
static char folder[64], url[64]; /* in both */
static int port;                 /* in both */

static void die(const char *what)
{
    fprintf(stderr, "guard: %s: %s\n", what, strerror(errno));
    _exit(1);
}

/* --- in the guard ---------------------------------------------------------------------- */

static pid_t server;
static pid_t children[MAX_CHILDREN];

static int status_of(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void set_signals(void (*how)(int))
{
    signal(SIGPIPE, how);
    signal(SIGINT, how);
    signal(SIGTERM, how);
    signal(SIGHUP, how);
}

static pid_t run(char *const words[])
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    set_signals(SIG_DFL);
    close(line);
    execv(words[0], words);
    _exit(127);
}

/* The server speaks first, so its first byte says that it is there. */
static int answers(void)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct timeval patience = { .tv_sec = 1 };
    char c;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    int yes = connect(fd, (struct sockaddr *)&a, sizeof a) == 0 && recv(fd, &c, 1, 0) == 1;
    close(fd);
    return yes;
}

static void launch(const char *text)
{
    char number[16], store[96], log[96], copy[512];
    char *words[MAX_WORDS] = { NATS_SERVER, "-a",  "127.0.0.1", "-p", number, "-js",
                               "-sd",       store, "-l",        log,  NULL };
    int n = 10;
    snprintf(number, sizeof number, "%d", port);
    snprintf(store, sizeof store, "%s/store", folder);
    snprintf(log, sizeof log, "%s/log", folder);
    snprintf(copy, sizeof copy, "%s", text);
    for (char *w = strtok(copy, " "); w && n < MAX_WORDS - 1; w = strtok(NULL, " "))
        words[n++] = w;
    words[n] = NULL;
    server = run(words);
}

/* The port cannot be the kernel's choice: while the server is away its clients knock at
 * it, and the kernel could give that very number to one of them as its own.  So it is one
 * that the kernel does not give away. */
static void choose_port(void)
{
    static unsigned seed;
    if (!seed)
        seed = (unsigned)getpid() ^ (unsigned)time(NULL);
    port = 20000 + rand_r(&seed) % 12000;
}

/* Until it answers.  If it ended by itself its port was taken: another one, unless clients
 * know it already; then whoever has it will go. */
static int up(const char *text)
{
    int known = port != 0;
    time_t last = time(NULL) + PATIENCE_S;
    if (!known)
        choose_port();
    launch(text);
    while (time(NULL) < last) {
        if (waitpid(server, NULL, WNOHANG) == server) {
            if (!known)
                choose_port();
            launch(text);
        }
        if (answers() && waitpid(server, NULL, WNOHANG) == 0)
            return port;
        usleep(5000);
    }
    return -1;
}

static void down(void)
{
    if (server > 0) {
        kill(server, SIGKILL);
        status_of(server);
    }
    server = 0;
}

static int start_child(const char *role)
{
    char address[64];
    snprintf(address, sizeof address, "nats://127.0.0.1:%d", port);
    char *words[] = { "/proc/self/exe", (char *)role, address, NULL };
    for (int i = 0; i < MAX_CHILDREN; i++)
        if (!children[i])
            return children[i] = run(words);
    return -1;
}

/* Only a number that is a child of ours, and not yet waited for, is signalled. */
static int end_child(pid_t pid, int by_signal)
{
    for (int i = 0; i < MAX_CHILDREN; i++)
        if (pid > 0 && children[i] == pid) {
            if (by_signal)
                kill(pid, SIGKILL);
            children[i] = 0;
            return status_of(pid);
        }
    return -1;
}

static int obey(const struct order *o)
{
    switch (o->what) {
    case START:
        return up(o->text);
    case KILL:
        down();
        return 0;
    case PAUSE:
        return kill(server, o->number ? SIGSTOP : SIGCONT);
    case CHILD:
        return start_child(o->text);
    case CHILD_KILL:
        return end_child(o->number, 1);
    case CHILD_WAIT:
        return end_child(o->number, 0);
    }
    return -1;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

static void guard_main(void)
{
    struct order o;
    setsid();             /* what is sent to the test's group is not for us */
    set_signals(SIG_IGN); /* whoever ends the test by one: then the socket says so */
    while (recv(line, &o, sizeof o, 0) == (ssize_t)sizeof o) {
        int value = obey(&o);
        if (send(line, &value, sizeof value, 0) < 0)
            break;
    }
    down();
    for (int i = 0; i < MAX_CHILDREN; i++)
        if (children[i])
            end_child(children[i], 1);
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    _exit(0);
}

/* --- in the test ----------------------------------------------------------------------- */

static int tell(enum what what, int number, const char *text)
{
    struct order o = { .what = what, .number = number };
    int value = -1;
    snprintf(o.text, sizeof o.text, "%s", text);
    if (send(line, &o, sizeof o, 0) < 0 || recv(line, &value, sizeof value, 0) <= 0 || value < 0)
        die("no answer, or a bad one");
    return value;
}

void guard_start(void)
{
    int pair[2];
    const char *tmp = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.40s/go-nats-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(folder))
        die("no folder");
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        die("no socket");
    pid_t pid = fork();
    if (pid < 0)
        die("no process");
    close(pair[pid == 0]);
    line = pair[pid != 0];
    if (pid == 0)
        guard_main();
}

void server_start(const char *words)
{
    port = tell(START, 0, words);
    snprintf(url, sizeof url, "nats://127.0.0.1:%d", port);
}

void server_kill(void)
{
    tell(KILL, 0, "");
}

void server_pause(bool pause)
{
    tell(PAUSE, pause, "");
}

const char *server_url(void)
{
    return port ? url : "nats://127.0.0.1:1";
}

const char *server_folder(void)
{
    return folder;
}

pid_t child_start(const char *role)
{
    return tell(CHILD, 0, role);
}

void child_kill(pid_t pid)
{
    tell(CHILD_KILL, pid, "");
}

int child_wait(pid_t pid)
{
    return tell(CHILD_WAIT, pid, "");
}
