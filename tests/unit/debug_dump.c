/* SPDX-License-Identifier: MIT */
/* go_dump: every goroutine with its state, its stack, and who made it. */
#include "check.h"
#include "sched/g.h"

#include <goroutine.h>
#include <goroutine/debug.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static go_chan(int) never, unread;
static uint32_t stop, hogs, sleepers; /* atomic */
static char *text;

static __attribute__((noinline)) void innermost(void)
{
    int v;
    go_recv(never, &v);
    compiler_barrier(); /* else the call before may become a jump */
}

static __attribute__((noinline)) void middle(int depth)
{
    if (depth > 0)
        middle(depth - 1);
    else
        innermost();
    compiler_barrier(); /* else the call before may become a jump */
}

static void receiver(void)
{
    middle(3);
    compiler_barrier(); /* else the call before may become a jump */
}

static void locked_sender(go_chan(int) c)
{
    go_lock_thread();
    go_set_name("the locked one");
    go_send(c, 1);
    compiler_barrier(); /* else the call before may become a jump */
}

static void hog(void)
{
    st_relaxed(&hogs, 1u);
    while (!ld_relaxed(&stop))
        ;
}

static void in_kernel(int fd)
{
    char c;
    st_relaxed(&sleepers, 1u);
    CHECK_EQ(read(fd, &c, 1), 1);
}

static void not_begun(int n)
{
    CHECK_EQ(n, 0);
}

static void *foreign(void *arg)
{
    int v;
    (void)arg;
    go_recv(never, &v);
    return NULL;
}

static void dump(void)
{
    static char none[] = "";
    int fd = memfd_create("dump", MFD_CLOEXEC);
    CHECK(fd >= 0);
    go_dump(fd);
    off_t size = lseek(fd, 0, SEEK_END);
    free(text != none ? text : NULL);
    text = calloc(1, (size_t)size + 1);
    CHECK(text);
    CHECK_EQ(pread(fd, text, (size_t)size, 0), size);
    close(fd);
}

/* The part of the dump whose first line contains header, up to the next blank
 * line; NULL if there is none. */
static const char *section(const char *header)
{
    static char part[16384];
    for (char *at = text; at; at = strstr(at, "\n\n") ? strstr(at, "\n\n") + 2 : NULL) {
        char *eol = strchr(at, '\n'), *end = strstr(at, "\n\n");
        size_t n = end ? (size_t)(end - at) + 1 : strlen(at);
        char *found = strstr(at, header);
        CHECK(n < sizeof part && strncmp(at, "goroutine ", 10) == 0);
        if (!found || found > eol)
            continue;
        memcpy(part, at, n);
        part[n] = '\0';
        return part;
    }
    return NULL;
}

/* Lines that name a function and end in text. */
static int count_lines(const char *part, const char *line)
{
    int n = 0;
    for (const char *at = part; (at = strstr(at, line)); at++)
        n += at == part || at[-1] == '\n';
    return n;
}

/* Dump until a goroutine has the header: it may not be there yet. */
static const char *wait_for(const char *header)
{
    const char *part;
    while (dump(), !(part = section(header))) {
        go_yield();
        usleep(1000);
    }
    return part;
}

static void test_parked(void)
{
    go(receiver);
    const char *part = wait_for("[chan receive]:");
    CHECK_EQ(count_lines(part, "innermost("), 1);
    CHECK_EQ(count_lines(part, "middle("), 4);
    CHECK_EQ(count_lines(part, "receiver("), 1);
    CHECK(strstr(part, "innermost(") < strstr(part, "middle("));
    CHECK(strstr(part, "middle(") < strstr(part, "receiver("));
    /* Nothing of the runtime, above or below. */
    CHECK(!strstr(part, "park(") && !strstr(part, "go_"));
    CHECK_EQ(count_lines(part, "goroutine"), 1);
    CHECK(strstr(part, "created by test_parked in goroutine 1\n"));

    part = section("goroutine 1 [running]:");
    CHECK(part && strstr(part, "dump(") && strstr(part, "main("));
    CHECK(!strstr(part, "created by") && !strstr(part, "go_dump"));
}

static void test_attributes(void)
{
    go(locked_sender, unread);
    const char *part = wait_for("named \"the locked one\"");
    while (!strstr(part, "[chan send")) /* not there yet */
        part = wait_for("named \"the locked one\"");
    CHECK(strstr(part, "[chan send, locked to thread, named \"the locked one\"]:\n"));
    CHECK(strstr(part, "locked_sender("));
}

static void age(struct g *g, void *arg)
{
    if (g->status == G_WAITING && g->name && strcmp(g->name, "the locked one") == 0) {
        g->since -= 5 * GO_MINUTE + GO_SECOND;
        ++*(int *)arg;
    }
}

static void test_minutes(void)
{
    int n = 0;
    all_g(age, &n);
    CHECK_EQ(n, 1);
    dump();
    CHECK(section("[chan send, 5 minutes, locked to thread, "));
}

static void test_elsewhere(void)
{
    static const char unavailable[] = "\tgoroutine running on other thread; stack unavailable\n";
    int fd[2];
    CHECK_EQ(pipe(fd), 0);
    go_with(go_attr(.name = "sleeps"), in_kernel, fd[0]);
    while (!ld_relaxed(&sleepers))
        go_yield();
    const char *part = wait_for("[syscall, named \"sleeps\"]:");
    CHECK(strstr(part, unavailable));
    CHECK(strstr(part, "created by test_elsewhere in goroutine 1\n"));
    CHECK_EQ(write(fd[1], "x", 1), 1);

    go_with(go_attr(.name = "computes"), hog);
    while (!ld_relaxed(&hogs))
        go_yield();
    part = wait_for("[running, named \"computes\"]:");
    CHECK(strstr(part, unavailable));
    st_relaxed(&stop, 1u);
}

static void *foreign_dumps(void *arg)
{
    dump();
    const char *part = section("[running, foreign thread]:");
    CHECK(part && strstr(part, "foreign_dumps("));
    return arg;
}

static void test_foreign(void)
{
    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, foreign_dumps, NULL), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
    CHECK_EQ(pthread_create(&t, NULL, foreign, NULL), 0);
    const char *part = wait_for("[chan receive, foreign thread]:");
    CHECK(strstr(part, "stack unavailable"));
    CHECK(!strstr(part, "created by"));
    go_close(never);
    pthread_join(t, NULL);
}

/* With one P, what is spawned stays where it is, unless the P is taken away just
 * then. */
static void test_not_begun(void)
{
    const char *part;
    go_maxprocs(1);
    do {
        go_with(go_attr(.name = "fresh"), not_begun, 0);
        dump();
        part = section("[runnable, named \"fresh\"]:");
    } while (!part);
    CHECK(strstr(part, "\nnot_begun(...)\n"));
    CHECK(strstr(part, "created by test_not_begun in goroutine 1\n"));
}

int main(void)
{
    never = go_make(int, 0);
    unread = go_make(int, 0);
    test_parked();
    test_attributes();
    test_minutes();
    test_elsewhere();
    test_not_begun();
    go_maxprocs(2);
    go_recv(unread, NULL);
    test_foreign();
    free(text);
}
