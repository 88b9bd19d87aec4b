/* SPDX-License-Identifier: MIT */
/* The tool that finds source lines may be missing, hang, lie or die: the report
 * goes on, and no child is left behind. */
#include "check.h"
#include "debug/lines.h"
#include "os/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <goroutine/base.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#undef errno
#define errno (*__errno_location())

static char dir[] = "/tmp/debug_tool.XXXXXX";

/* A script that stands in for addr2line. */
static void make_tool(const char *script)
{
    char path[64];
    snprintf(path, sizeof path, "%s/addr2line", dir);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);
    CHECK(fd >= 0);
    CHECK_EQ(write(fd, script, strlen(script)), strlen(script));
    CHECK_EQ(close(fd), 0);
}

static bool ask_for(const uintptr_t *addrs, const struct line **out, uint32_t n, int64_t patience)
{
    struct scratch mem = { 0 };
    static struct scratch kept; /* the answers point into it */
    memset(out, 0, n * sizeof *out);
    bool ok = lines_find(&mem, "/some/program", addrs, out, n, clock_now() + patience);
    scratch_free(&kept);
    kept = mem;
    return ok;
}

static void no_child_left(void)
{
    CHECK_EQ(waitpid(-1, NULL, WNOHANG), -1);
    CHECK_EQ(errno, ECHILD);
}

static void remove_tool(void)
{
    char path[64];
    snprintf(path, sizeof path, "%s/addr2line", dir);
    unlink(path);
    rmdir(dir);
}

int main(void)
{
    static const uintptr_t addrs[] = { 0x10, 0xabcdef0123, 0x30 };
    const struct line *out[3];
    CHECK(mkdtemp(dir));
    CHECK_EQ(atexit(remove_tool), 0);
    CHECK_EQ(setenv("PATH", dir, 1), 0);

    /* Missing. */
    CHECK(!ask_for(addrs, out, 3, GO_SECOND * 20));

    /* Honest: it sees the addresses that were asked, and its answers arrive. */
    make_tool(
        "#!/bin/sh\n"
        "while read a; do\n"
        "  echo $a; echo inner; echo /src/x.c:$(($a)); echo outer; echo '/src/a:b.c:7 (d 3)'\n"
        "done\n");
    CHECK(ask_for(addrs, out, 3, GO_SECOND * 20));
    for (int i = 0; i < 3; i++) {
        CHECK(out[i] && strcmp(out[i]->func, "inner") == 0);
        CHECK(strcmp(out[i]->file, "/src/x.c") == 0);
        CHECK_EQ(out[i]->number, (uint32_t)addrs[i]);
        CHECK(out[i]->outer && strcmp(out[i]->outer->file, "/src/a:b.c") == 0);
        CHECK_EQ(out[i]->outer->number, 7);
        CHECK(!out[i]->outer->outer);
    }

    /* Knows nothing of one address, and is cut off in the middle of another. */
    make_tool("#!/bin/sh\nprintf '0x10\\n??\\n??:0\\n0xab\\nf\\n/x.c:?\\n0x30\\ng\\n/y.c'\n");
    CHECK(ask_for(addrs, out, 3, GO_SECOND * 20));
    CHECK(!out[0] && out[1] && !out[1]->file && !out[2]);

    /* Talks nonsense; dies at once; floods. */
    make_tool("#!/bin/sh\necho nonsense\necho 0x1\n");
    CHECK(ask_for(addrs, out, 3, GO_SECOND * 20));
    CHECK(!out[0] && !out[1] && !out[2]);
    make_tool("#!/bin/sh\nexit 1\n");
    CHECK(!ask_for(addrs, out, 3, GO_SECOND * 20));
    make_tool("#!/bin/sh\nexec 0<&-\nwhile :; do echo 0x1; echo f; echo x:1; done\n");
    int64_t before = clock_now();
    CHECK(ask_for(addrs, out, 3, GO_SECOND / 2));
    CHECK(out[2] && out[2]->number == 1);

    /* A program that does not want to hear of children. */
    CHECK(signal(SIGCHLD, SIG_IGN) != SIG_ERR);
    make_tool("#!/bin/sh\nread a; echo $a; echo f; echo /x.c:5; while read a; do :; done\n");
    CHECK(ask_for(addrs, out, 1, GO_SECOND * 20));
    CHECK(out[0] && out[0]->number == 5);
    CHECK(signal(SIGCHLD, SIG_DFL) != SIG_ERR);

    /* Hangs: killed at the deadline. */
    make_tool("#!/bin/sh\nexec /bin/sleep 1000\n");
    CHECK(!ask_for(addrs, out, 3, GO_SECOND / 2));
    CHECK(clock_now() - before < 30 * GO_SECOND);

    no_child_left();
}
