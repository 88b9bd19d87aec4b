/* SPDX-License-Identifier: MIT */
/* How a program ends: overflows, faults and SIGQUIT, with and without handlers
 * of its own, and what GOTRACEBACK changes. */
#include "check.h"
#include "debug/crash.h"
#include "sched/g.h"

#include <goroutine.h>
#include <goroutine/debug.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static char err[1 << 16];
static volatile int sink;
static int *volatile nowhere = (int *)8;

/* Of a plain archive the linker takes what is named: this brings the reports. */
static void (*volatile linked)(void) = debug_init;

/* The library is not used here before: each child starts it anew. */
static int run(void (*child)(void))
{
    int fd[2], status;
    size_t n = 0;
    ssize_t r;
    CHECK_EQ(pipe(fd), 0);
    pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        struct rlimit no_core = { 0, 0 };
        CHECK_EQ(setrlimit(RLIMIT_CORE, &no_core), 0);
        CHECK_EQ(dup2(fd[1], 2), 2);
        alarm(50);
        child();
        _exit(99);
    }
    close(fd[1]);
    while (n < sizeof err - 1 && (r = read(fd[0], err + n, sizeof err - 1 - n)) > 0)
        n += (size_t)r;
    err[n] = '\0';
    close(fd[0]);
    CHECK_EQ(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

#define CHECK_SAYS(what)                                                                           \
    do {                                                                                           \
        if (!strstr(err, what))                                                                    \
            fprintf(stderr, "%s", err);                                                            \
        CHECK(strstr(err, what));                                                                  \
    } while (0)

static volatile int deepest = 1 << 30;

static __attribute__((noinline)) int descend(int n)
{
    volatile char frame[512];
    frame[n % 512] = 1;
    return n < deepest ? descend(n + 1) + frame[0] : 0;
}

static void overflow(void)
{
    sink = descend(0);
}

static void fault(void)
{
    sink = *nowhere;
}

static void park_for_ever(void)
{
    go_recv((go_chan(int))NULL, NULL);
}

static void count_parked(struct g *g, void *arg)
{
    if (ld_relaxed(&g->status) == G_WAITING && ld_relaxed(&g->reason) == WAIT_CHAN_RECV_NIL)
        ++*(int *)arg;
}

static void start_parked(const char *name)
{
    int n = 0;
    go_with(go_attr(.name = name), park_for_ever);
    for (; n == 0; go_yield())
        all_g(count_parked, &n);
}

/* --- Children ----------------------------------------------------------------- */

static void overflow_in_goroutine(void)
{
    go_with(go_attr(.name = "digger"), overflow);
    park_for_ever();
}

static void overflow_in_main(void)
{
    go_yield();
    overflow();
}

static void small_limit(void)
{
    struct rlimit limit = { 1 << 20, 1 << 20 }, now;
    CHECK_EQ(setrlimit(RLIMIT_STACK, &limit), 0);
    CHECK_EQ(getrlimit(RLIMIT_STACK, &now), 0);
    if (now.rlim_cur != limit.rlim_cur)
        _exit(77); /* an emulator cannot change it */
    overflow_in_main();
}

static void on_fault(int sig, siginfo_t *info, void *uc)
{
    (void)uc;
    static const char text[] = "own handler\n";
    CHECK_EQ(write(2, text, sizeof text - 1), sizeof text - 1);
    _exit(sig == SIGSEGV && info->si_addr == nowhere ? 40 : 41);
}

static void install(int sig, void (*handler)(int, siginfo_t *, void *))
{
    struct sigaction sa = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
    CHECK_EQ(sigaction(sig, &sa, NULL), 0);
}

static void fault_with_handler_before(void)
{
    install(SIGSEGV, on_fault);
    go(fault);
    park_for_ever();
}

static void overflow_with_handler_before(void)
{
    install(SIGSEGV, on_fault);
    overflow_in_goroutine();
}

static void fault_without_handler(void)
{
    go(fault);
    park_for_ever();
}

static void sent_signal(void)
{
    go_yield();
    raise(SIGSEGV);
}

static void ignored_signal(void)
{
    signal(SIGBUS, SIG_IGN);
    go_yield();
    raise(SIGBUS);
    _exit(0);
}

static void quit(void)
{
    start_parked("sleeper");
    raise(SIGQUIT);
    for (;;)
        go_sleep(GO_SECOND);
}

static void on_quit(int sig, siginfo_t *info, void *uc)
{
    (void)info;
    (void)uc;
    _exit(sig == SIGQUIT ? 42 : 43);
}

static void quit_with_handler_before(void)
{
    install(SIGQUIT, on_quit);
    quit();
}

static void quit_ignored(void)
{
    signal(SIGQUIT, SIG_IGN);
    go_yield();
    raise(SIGQUIT);
    _exit(0);
}

static void quit_in_fork(void)
{
    int status;
    go_yield();
    pid_t pid = fork();
    if (pid == 0) {
        alarm(30);
        raise(SIGQUIT);
        for (;;)
            pause();
    }
    CHECK_EQ(waitpid(pid, &status, 0), pid);
    _exit(WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

static void handle_once(int sig, siginfo_t *info, void *uc)
{
    static const char text[] = "once\n";
    (void)sig;
    (void)info;
    (void)uc;
    CHECK_EQ(write(2, text, sizeof text - 1), sizeof text - 1);
}

static void fault_with_handler_once(void)
{
    struct sigaction sa = { .sa_sigaction = handle_once, .sa_flags = SA_SIGINFO | SA_RESETHAND };
    CHECK_EQ(sigaction(SIGSEGV, &sa, NULL), 0);
    fault_without_handler();
}

static void do_panic(void)
{
    go_panic("number %d", 7);
}

static void panic_in_goroutine(void)
{
    start_parked("other");
    go(do_panic);
    park_for_ever();
}

static void panic_with(const char *level)
{
    CHECK_EQ(level ? setenv("GOTRACEBACK", level, 1) : unsetenv("GOTRACEBACK"), 0);
}

/* --- Tests --------------------------------------------------------------------- */

static void test_overflow(void)
{
    CHECK_EQ(run(overflow_in_goroutine), 2);
    CHECK_SAYS("runtime: goroutine stack exceeds ");
    CHECK_SAYS("-byte limit\nruntime: sp=0x");
    CHECK_SAYS("\nfatal error: stack overflow\n\ngoroutine ");
    CHECK_SAYS(" [running, named \"digger\"]:\ndescend(");
    CHECK_SAYS(" frames elided...\n");
    CHECK_SAYS("\noverflow(");
    CHECK_SAYS("\ncreated by overflow_in_goroutine in goroutine 1\n");
    CHECK(!strstr(err, "on_fault"));

    CHECK_EQ(run(overflow_in_main), 2);
    CHECK_SAYS("\ngoroutine 1 [running]:\ndescend(");
    CHECK_SAYS("\nmain(");
    int status = run(small_limit);
    CHECK(status == 2 || status == 77);
    if (status == 2)
        CHECK_SAYS("runtime: goroutine stack exceeds 1048576-byte limit\n");

    CHECK_EQ(run(overflow_with_handler_before), 2);
    CHECK_SAYS("\nfatal error: stack overflow\n");
    CHECK(!strstr(err, "own handler"));
}

static void test_faults(void)
{
    CHECK_EQ(run(fault_with_handler_before), 40);
    CHECK_SAYS("own handler\n");
    CHECK(!strstr(err, "fatal error"));
    CHECK_EQ(run(fault_without_handler), 128 + SIGSEGV);
    CHECK_EQ(run(sent_signal), 128 + SIGSEGV);
    CHECK_EQ(run(fault_with_handler_once), 128 + SIGSEGV);
    CHECK_SAYS("once\n");
    CHECK_EQ(run(ignored_signal), 0);
}

static void test_quit(void)
{
    CHECK_EQ(run(quit), 2);
    CHECK_SAYS("SIGQUIT: quit\nPC=0x");
    CHECK_SAYS("\n\ngoroutine 1 [");
    CHECK_SAYS("[chan receive (nil chan), named \"sleeper\"]:\npark_for_ever(");
    CHECK_EQ(run(quit_with_handler_before), 42);
    CHECK_EQ(run(quit_ignored), 0);
#if !defined(__SANITIZE_THREAD__) /* it does not deliver the signal in a child */
    CHECK_EQ(run(quit_in_fork), SIGQUIT);
#else
    (void)quit_in_fork;
#endif
}

static void test_levels(void)
{
    panic_with(NULL);
    CHECK_EQ(run(panic_in_goroutine), 2);
    CHECK_SAYS("panic: number 7\n\ngoroutine ");
    CHECK_SAYS(" [running]:\ndo_panic(");
    CHECK(!strstr(err, "\"other\"") && !strstr(err, "go_panic"));
    panic_with("none");
    CHECK_EQ(run(panic_in_goroutine), 2);
    CHECK(!strstr(err, "goroutine"));
    panic_with("all");
    CHECK_EQ(run(panic_in_goroutine), 2);
    CHECK_SAYS("named \"other\"]:\npark_for_ever(");
    CHECK(!strstr(err, "go_panic"));
    panic_with("system");
    CHECK_EQ(run(panic_in_goroutine), 2);
    CHECK_SAYS("\ngo_panic(");
    CHECK_SAYS("\npark(");
    CHECK_SAYS(" pc=0x");
    panic_with("crash");
    CHECK_EQ(run(panic_in_goroutine), 128 + SIGABRT);
    CHECK_SAYS("panic: number 7\n");
    panic_with(NULL);
}

/* valgrind reports the faults that are wanted here, as errors. */
static bool under_valgrind(void)
{
    const char *preload = getenv("LD_PRELOAD");
    return preload && strstr(preload, "vgpreload");
}

int main(void)
{
    CHECK(linked);
    test_levels();
    test_quit();
    if (under_valgrind())
        return 0;
    test_overflow();
    test_faults();
}
