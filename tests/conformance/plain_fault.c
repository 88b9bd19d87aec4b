/* SPDX-License-Identifier: MIT */
/* Stacks: only an overflow is reported as one.  Any other fault ends the program
 * as it would without the library, and a user's own handler still gets it. */
#include "support.h"

#include <goroutine.h>
#include <sys/resource.h>

static int *volatile nowhere;
static volatile int sink;

static void fault(void)
{
    sink = *nowhere;
}

static void on_segv(int sig)
{
    static const char text[] = "the user's handler";
    (void)!write(2, text, sizeof text - 1);
    _exit(40 + (sig == SIGSEGV));
}

static int child_main(const char *what)
{
    static char alt[64 << 10];
    struct rlimit no_core = { 0, 0 };
    CHECK_EQ(setrlimit(RLIMIT_CORE, &no_core), 0);
    CHECK_EQ(go_id(), 1); /* the library is up before the user's handler */
    if (!strcmp(what, "handler")) {
        stack_t ss = { .ss_sp = alt, .ss_size = sizeof alt };
        struct sigaction sa = { .sa_handler = on_segv, .sa_flags = SA_ONSTACK };
        CHECK_EQ(sigaltstack(&ss, NULL), 0);
        CHECK_EQ(sigaction(SIGSEGV, &sa, NULL), 0);
    }
    if (strcmp(what, "main"))
        go(fault);
    else
        fault();
    go_sleep(20 * GO_SECOND);
    return 1;
}

int main(int argc, char **argv)
{
    const char *child = child_arg(argc, argv);
    if (child)
        return child_main(child);
    if (getenv("GO_TEST_SLOW"))
        return 77; /* sanitizers and valgrind answer faults themselves */
    char err[8192];
    CHECK_EQ(child_run("goroutine", err, sizeof err), 128 + SIGSEGV);
    CHECK(!strstr(err, "stack overflow"));
    CHECK_EQ(child_run("main", err, sizeof err), 128 + SIGSEGV);
    CHECK(!strstr(err, "stack overflow"));
    CHECK_EQ(child_run("handler", err, sizeof err), 41);
    CHECK(!strcmp(err, "the user's handler"));
}
