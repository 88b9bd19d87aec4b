/* SPDX-License-Identifier: MIT */
/* process.h: waiting: by many, before and after the end, with bounds, for children that were
 * killed, and for 200 at once. */
#include "support.h"

#include <goroutine.h>
#include <goroutine/net.h>
#include <pthread.h>

static pid_t start(go_process *p, const char *script, go_command c)
{
    char *argv[] = { "sh", "-c", (char *)script, NULL };
    c.argv = argv;
    pid_t pid = go_process_start(p, &c);
    CHECK(pid > 0);
    CHECK_EQ(p->pid, pid);
    return pid;
}

static pid_t fork_exit(int status)
{
    pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0)
        _exit(status);
    return pid;
}

static void one_of_many(int i, go_waitgroup *wg)
{
    char script[32];
    go_process p;
    int status = -1;
    snprintf(script, sizeof script, "exit %d", i % 100);
    start(&p, script, (go_command){ 0 });
    CHECK_EQ(go_process_wait(&p, &status), 0);
    CHECK(WIFEXITED(status));
    CHECK_EQ(WEXITSTATUS(status), i % 100);
    go_process_drop(&p);
    go_waitgroup_done(wg);
}

static void many(void)
{
    int n = test_scale(200, 40);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, n);
    for (int i = 0; i < n; i++)
        go(one_of_many, i, &wg);
    go_waitgroup_wait(&wg);
}

static void wait_same(go_process *p, go_int32 *n)
{
    int status = -1;
    CHECK_EQ(go_process_wait(p, &status), 0);
    CHECK_EQ(WEXITSTATUS(status), 3);
    go_int32_add(n, 1);
}

static void several_waiters(void)
{
    enum { N = 10 };
    go_process p;
    go_int32 n = { 0 };
    go_waitgroup wg = { 0 };
    start(&p, "read x; exit 3", (go_command){ .in = GO_STDIO_PIPE });
    for (int i = 0; i < N; i++)
        go_waitgroup_go(&wg, wait_same, &p, &n);
    go_sleep(GO_MILLISECOND);
    CHECK_EQ(go_int32_load(&n), 0);
    CHECK_EQ(go_close_fd(p.in), 0);
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_int32_load(&n), N);
    wait_same(&p, &n); /* long after */
    CHECK_EQ(go_process_signal(&p, SIGTERM), -ESRCH);
    go_process_drop(&p);
}

static void cancel_it(go_context *ctx)
{
    go_context_cancel(ctx);
    go_context_drop(ctx);
}

static void bounds(void)
{
    go_process p;
    int status = -1;
    start(&p, "read x", (go_command){ .in = GO_STDIO_PIPE });
    CHECK_EQ(go_process_wait_until(&p, &status, go_now() + 5 * GO_MILLISECOND), -ETIMEDOUT);
    CHECK_EQ(go_process_wait_until(&p, &status, 0), -ETIMEDOUT);
    CHECK_EQ(go_wait_process_until(p.pid, &status, go_now() + 5 * GO_MILLISECOND), -ETIMEDOUT);
    go_context *ctx = go_context_with_timeout(go_context_background(), 5 * GO_MILLISECOND);
    CHECK_EQ(go_process_wait_ctx(&p, &status, ctx), -ETIMEDOUT);
    CHECK_EQ(go_wait_process_ctx(p.pid, &status, ctx), -ETIMEDOUT);
    go_context_drop(ctx);
    ctx = go_context_with_cancel(go_context_background());
    go_timer *t = go_after_func(5 * GO_MILLISECOND, cancel_it, go_context_hold(ctx));
    CHECK_EQ(go_process_wait_ctx(&p, &status, ctx), -ECANCELED);
    go_timer_drop(t);
    go_context_drop(ctx);
    CHECK_EQ(status, -1);
    CHECK_EQ(go_process_signal(&p, 0), 0);
    CHECK_EQ(go_process_signal(&p, 1000), -EINVAL);
    CHECK_EQ(go_process_signal(&p, SIGTERM), 0);
    CHECK_EQ(go_process_wait_until(&p, &status, go_now() + 60 * GO_SECOND), 0);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    CHECK_EQ(go_process_wait_until(&p, &status, 0), 0);
    go_close_fd(p.in);
    go_process_drop(&p);
}

/* Its context ends it. */
static void with_context(void)
{
    go_process p;
    int status;
    go_context *ctx = go_context_with_cancel(go_context_background());
    start(&p, "read x", (go_command){ .in = GO_STDIO_PIPE, .ctx = ctx });
    go_context_cancel(ctx);
    CHECK_EQ(go_process_wait(&p, &status), 0);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    go_close_fd(p.in);
    go_process_drop(&p);
    go_context_drop(ctx);
    ctx = go_context_with_timeout(go_context_background(), 5 * GO_MILLISECOND);
    start(&p, "read x", (go_command){ .in = GO_STDIO_PIPE, .ctx = ctx, .stop_signal = SIGTERM });
    CHECK_EQ(go_process_wait(&p, &status), 0);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    go_close_fd(p.in);
    go_process_drop(&p);
    go_context_drop(ctx);
    /* One that is dropped goes on; one that has ended is not missed. */
    ctx = go_context_with_cancel(go_context_background());
    pid_t pid = start(&p, "read x; exit 9", (go_command){ .in = GO_STDIO_PIPE, .ctx = ctx });
    int in = p.in;
    go_process_drop(&p);
    go_process_drop(&p);
    start(&p, "exit 8", (go_command){ .ctx = ctx });
    CHECK_EQ(go_process_wait(&p, &status), 0);
    go_context_cancel(ctx);
    go_process_drop(&p);
    go_context_drop(ctx);
    go_close_fd(in);
    CHECK_EQ(go_wait_process(pid, &status, 0), pid);
    CHECK_EQ(WEXITSTATUS(status), 9);
}

static void late(pid_t pid, go_int32 *got, go_waitgroup *wg)
{
    int status = -1;
    pid_t r = go_wait_process(pid, &status, 0);
    if (r == pid) {
        CHECK_EQ(WEXITSTATUS(status), 5);
        go_int32_add(got, 1);
    } else {
        CHECK_EQ(r, -1);
        CHECK_EQ(errno, ECHILD);
    }
    go_waitgroup_done(wg);
}

/* As waitpid. */
static void by_number(void)
{
    int status = -1;
    pid_t pid = fork_exit(4);
    CHECK_EQ(go_wait_process(pid, &status, 0), pid);
    CHECK_EQ(status, 4 << 8);
    CHECK_EQ(go_wait_process(pid, &status, 0), -1);
    CHECK_EQ(errno, ECHILD);
    CHECK_EQ(go_wait_process_until(pid, &status, go_now() + GO_SECOND), -ECHILD);
    CHECK_EQ(go_wait_process_until(-1, &status, go_now() + GO_SECOND), -EINVAL);
    CHECK_EQ(go_wait_process(-1, &status, 0), -1);
    CHECK_EQ(errno, ECHILD);
    CHECK_EQ(go_wait_process(pid, &status, 12345), -1);
    CHECK_EQ(errno, EINVAL);
    pid = fork_exit(6);
    CHECK_EQ(go_wait_process(-1, &status, 0), pid);
    CHECK_EQ(status, 6 << 8);
    pid = fork_exit(0);
    pid_t r;
    while ((r = go_wait_process(pid, NULL, WNOHANG)) == 0)
        go_sleep(GO_MILLISECOND);
    CHECK_EQ(r, pid);

    go_process p;
    pid = start(&p, "read x; exit 5", (go_command){ .in = GO_STDIO_PIPE });
    go_int32 got = { 0 };
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 5);
    for (int i = 0; i < 5; i++)
        go(late, pid, &got, &wg);
    go_sleep(GO_MILLISECOND);
    go_close_fd(p.in);
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_int32_load(&got), 1);
    CHECK_EQ(go_process_wait(&p, NULL), -ECHILD); /* the status is gone */
    go_process_drop(&p);
}

static void stopped_and_killed(void)
{
    go_process p;
    int status;
    pid_t pid = start(&p, "kill -STOP $$; exit 2", (go_command){ 0 });
    CHECK_EQ(go_wait_process(pid, &status, WUNTRACED), pid);
    CHECK(WIFSTOPPED(status));
    CHECK_EQ(go_process_wait_until(&p, &status, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    CHECK_EQ(go_process_signal(&p, SIGCONT), 0);
    CHECK_EQ(go_process_wait(&p, &status), 0);
    CHECK_EQ(WEXITSTATUS(status), 2);
    go_process_drop(&p);
    start(&p, "kill -ABRT $$", (go_command){ .dir = "/" });
    CHECK_EQ(go_process_wait(&p, &status), 0);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    go_process_drop(&p);
}

static void *by_thread(void *arg)
{
    (void)arg;
    by_number();
    bounds();
    return NULL;
}

int main(void)
{
    pthread_t t;
    many();
    several_waiters();
    bounds();
    with_context();
    by_number();
    stopped_and_killed();
    CHECK_EQ(pthread_create(&t, NULL, by_thread, NULL), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
    while (go_count() > 1)
        go_sleep(GO_MILLISECOND);
}
