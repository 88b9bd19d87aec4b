/* SPDX-License-Identifier: MIT */
/* D11: when the kernel's poller or memory cannot be had, a call that has to wait fails with
 * an error, and the next one works. */
#include "net_support.h"
#include "support.h"

/* How many of the calls failed; each is made until it works. */
static int calls(void)
{
    struct link l = link_make(PAIR);
    struct pollfd p[20];
    char c;
    int failed = 0;
    for (int i = 0; i < 20; i++)
        p[i] = (struct pollfd){ l.b.r, POLLIN, 0 };
    while (go_read_until(l.b.r, &c, 1, go_now() + GO_MILLISECOND) != -1 || errno != ETIMEDOUT) {
        CHECK(errno == ENOMEM || errno == EMFILE);
        failed++;
    }
    while (go_set_read_deadline(l.b.r, go_now() + GO_MILLISECOND) != 0)
        failed++;
    while (go_read(l.b.r, &c, 1) != -1 || errno != ETIMEDOUT) {
        CHECK(errno == ENOMEM || errno == EMFILE);
        failed++;
    }
    while (go_set_read_deadline(l.b.r, GO_FOREVER) != 0)
        failed++;
    for (int r; (r = go_poll(p, 20, 1)) != 0; failed++) {
        CHECK_EQ(r, -1);
        CHECK(errno == ENOMEM || errno == EMFILE);
    }
    link_close(l);
    return failed;
}

static void failing(const char *what)
{
    char err[4096];
    CHECK_EQ(setenv("GO_DEBUG", what, 1), 0);
    int status = child_run("failing", err, sizeof err);
    /* Where the runtime itself has no memory to begin with, or for a timer, it says so. */
    bool fatal = status == 2 && strstr(err, "fatal error: out of memory");
    if (status != 0 && !fatal)
        fprintf(stderr, "GO_DEBUG=%s: %s", what, err);
    CHECK(status == 0 || (fatal && strncmp(what, "fail=malloc", 11) == 0));
}

int main(int argc, char **argv)
{
    const char *arg = child_arg(argc, argv);
    if (arg) {
        const char *what = getenv("GO_DEBUG");
        int failed = calls();
        CHECK(failed <= 1);
        CHECK(strcmp(what, "fail=epoll:1") != 0 || failed == 1);
        return 0;
    }
    failing("fail=epoll:1");
    failing("fail=epoll:2");
    for (int i = 1; i <= 8; i++) {
        char what[32];
        snprintf(what, sizeof what, "fail=malloc:%d", i);
        failing(what);
    }
}
