/* SPDX-License-Identifier: MIT */
/* Ten thousand connections whose peer dies at once (as many as the limit on descriptors
 * allows): each goroutine gets its end of file or reset, and nothing is left. */
#include "net_support.h"
#include "support.h"

#include <dirent.h>
#include <goroutine/net.h>
#include <sys/resource.h>

static int64_t ended; /* atomic */

static void serve(int fd)
{
    char buf[16];
    while (go_wait_readable(fd) == 0 && go_read(fd, buf, sizeof buf) > 0)
        ;
    CHECK_EQ(go_close_fd(fd), 0);
    __atomic_add_fetch(&ended, 1, __ATOMIC_RELAXED);
}

static int count_descriptors(void)
{
    int n = 0;
    DIR *d = opendir("/proc/self/fd");
    CHECK(d);
    while (readdir(d))
        n++;
    closedir(d);
    return n;
}

static int connections(void)
{
    struct rlimit limit;
    CHECK_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
    int64_t room = (int64_t)limit.rlim_cur - 100, want = test_scale(10000, 1000);
    return (int)(room < want ? room : want);
}

/* A plain program: its connections end with it. */
static int client(const char *what)
{
    int n;
    unsigned port;
    CHECK_EQ(sscanf(what, "%u,%d", &port, &n), 2);
    connections();
    struct sockaddr_in addr = loopback();
    addr.sin_port = htons((uint16_t)port);
    for (int i = 0; i < n; i++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        CHECK(fd >= 0);
        CHECK_EQ(connect(fd, (struct sockaddr *)&addr, sizeof addr), 0);
        CHECK_EQ(write(fd, "x", 1), 1);
    }
    pause(); /* to be killed */
    return 1;
}

static void drop(int n)
{
    struct sockaddr_in addr;
    char arg[64];
    pid_t pid;
    int out[2], l = net_listen(&addr, 4096);
    ended = 0;
    snprintf(arg, sizeof arg, "%u,%d", ntohs(addr.sin_port), n);
    child_spawn(&pid, arg, out);
    for (int i = 0; i < n; i++) {
        int fd = go_accept(l, NULL, NULL);
        CHECK(fd >= 0);
        go(serve, fd);
    }
    CHECK_EQ(kill(pid, SIGKILL), 0);
    while (__atomic_load_n(&ended, __ATOMIC_RELAXED) < n)
        go_sleep(GO_MILLISECOND);
    CHECK_EQ(waitpid(pid, NULL, 0), pid);
    close(out[0]);
    CHECK_EQ(go_close_fd(l), 0);
    while (go_count() > 1)
        go_yield();
}

int main(int argc, char **argv)
{
    const char *what = child_arg(argc, argv);
    if (what)
        return client(what);
    int n = connections();
    drop(10); /* the library opens some for itself */
    int before = count_descriptors();
    drop(n);
    CHECK_EQ(count_descriptors(), before);
    go_verify();
}
