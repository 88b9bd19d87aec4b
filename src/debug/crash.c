/* SPDX-License-Identifier: MIT */
#include "debug/crash.h"

#include "base/fatal.h"
#include "debug/dump.h"
#include "debug/leaks.h"
#include "debug/longrun.h"
#include "debug/unwind.h"
#include "debug/writer.h"
#include "os/clock.h"
#include "sched/g.h"
#include "sched/init.h"
#include "sched/self.h"
#include "sched/sysmon.h"
#include "sched/thread.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The unwinder, a resolver and printf of a message run on it. */
#define ALT_SIZE ((size_t)128 * 1024)

/* A function with a big frame may fault this far from the end of the stack. */
#define REACH ((uintptr_t)1 << 20)

#define TLS static __thread __attribute__((tls_model("initial-exec")))

/* Initial-exec: a handler may run before a lazy allocation could be done. */
TLS sigjmp_buf *escape;       /* innermost guarded(), or NULL */
TLS uintptr_t interrupted_pc; /* of the overflow that is being reported */

/* What was installed before us.  [imm] once ours are installed */
static struct sigaction old_segv, old_bus;

/* Written by the SIGQUIT handler, read by the monitor it wakes. */
static uintptr_t quit_pc;
static int64_t quit_when; /* the first one came; 0: none */
static bool quit_served;  /* the dump is being written */

/* How long the runtime may take to come to a halt for the dump. */
#define QUIT_PATIENCE (INT64_C(2) * 1000 * 1000 * 1000)

static pthread_key_t altstack_key;

/* --- Faults ------------------------------------------------------------------ */

uintptr_t crash_from(void)
{
    return interrupted_pc;
}

bool guarded(void (*f)(void *arg), void *arg)
{
    sigjmp_buf here, *outer = escape;
    if (sigsetjmp(here, 0) != 0) {
        sigset_t faults;
        sigemptyset(&faults);
        sigaddset(&faults, SIGSEGV);
        sigaddset(&faults, SIGBUS);
        pthread_sigmask(SIG_UNBLOCK, &faults, NULL);
        escape = outer;
        return false;
    }
    escape = &here;
    f(arg);
    escape = outer;
    return true;
}

static void report_overflow(const char *lo, const char *hi, size_t limit, const void *uc)
{
    struct writer w;
    writer_init(&w, STDERR_FILENO);
    put_str(&w, "runtime: goroutine stack exceeds ");
    put_dec(&w, limit);
    put_str(&w, "-byte limit\nruntime: sp=");
    put_hex(&w, signal_sp(uc));
    put_str(&w, " stack=[");
    put_hex(&w, (uintptr_t)lo);
    put_str(&w, ", ");
    put_hex(&w, (uintptr_t)hi);
    put_str(&w, "]\n");
    writer_flush(&w);
    interrupted_pc = signal_pc(uc);
    fatal("stack overflow");
}

/* The main goroutine runs on the stack the kernel gave: it ends where its size
 * limit is, and below there is nothing. */
static void check_main_overflow(const char *addr, const void *uc)
{
    struct rlimit limit;
    const struct g *g = sched.main_g;
    if (!g || m_self()->curg != g || getrlimit(RLIMIT_STACK, &limit) != 0 ||
        limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > (uintptr_t)g->stack_hi)
        return;
    uintptr_t lo = (uintptr_t)g->stack_hi - limit.rlim_cur, at = (uintptr_t)addr;
    if (at > lo - REACH && at < lo + REACH && signal_sp(uc) < lo + REACH)
        report_overflow((char *)lo, g->stack_hi, limit.rlim_cur, uc);
}

/* A fault happens again when the handler returns; a signal that was sent does
 * not, so it is sent again. */
static void default_action(int sig, const siginfo_t *info)
{
    struct sigaction dfl;
    memset(&dfl, 0, sizeof dfl);
    dfl.sa_handler = SIG_DFL;
    sigaction(sig, &dfl, NULL);
    if (info->si_code <= 0 || sig == SIGQUIT)
        syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), sig);
}

static void pass_on(int sig, siginfo_t *info, void *uc)
{
    const struct sigaction *old = sig == SIGSEGV ? &old_segv : &old_bus;
    if (old->sa_flags & SA_RESETHAND)
        signal(sig, SIG_DFL);
    if (old->sa_flags & SA_SIGINFO)
        old->sa_sigaction(sig, info, uc);
    else if (old->sa_handler == SIG_DFL || (old->sa_handler == SIG_IGN && info->si_code > 0))
        default_action(sig, info);
    else if (old->sa_handler != SIG_IGN)
        old->sa_handler(sig);
}

static void on_fault(int sig, siginfo_t *info, void *uc)
{
    if (info->si_code > 0) {
        if (escape)
            siglongjmp(*escape, 1);
        const struct g *g = stack_guard_owner(info->si_addr);
        if (g)
            report_overflow(g->stack_lo, g->stack_hi, (size_t)(g->stack_hi - g->stack_lo), uc);
        check_main_overflow(info->si_addr, uc);
    }
    pass_on(sig, info, uc);
}

/* The C library leaves in a mask, beyond what the kernel knows, what its stack has had
 * there; in static memory it would look like pointers that everybody can see. */
static void get_action(int sig, struct sigaction *out)
{
    struct sigaction sa;
    sigaction(sig, NULL, &sa);
    memset(out, 0, sizeof *out);
    out->sa_flags = sa.sa_flags;
    if (sa.sa_flags & SA_SIGINFO)
        out->sa_sigaction = sa.sa_sigaction;
    else
        out->sa_handler = sa.sa_handler;
    sigemptyset(&out->sa_mask);
    for (int s = 1; s < NSIG; s++)
        if (sigismember(&sa.sa_mask, s) == 1)
            sigaddset(&out->sa_mask, s);
}

/* The old handler sees the mask and the flags that it asked for. */
static void install_fault(int sig, struct sigaction *old)
{
    struct sigaction sa;
    get_action(sig, old);
    memset(&sa, 0, sizeof sa);
    sa.sa_sigaction = on_fault;
    sa.sa_mask = old->sa_mask;
    sa.sa_flags = SA_SIGINFO | SA_ONSTACK | (old->sa_flags & (SA_NODEFER | SA_RESTART));
    sigaction(sig, &sa, NULL);
}

/* --- SIGQUIT ------------------------------------------------------------------ */

/* If a broken runtime cannot even stop, a second SIGQUIT has its default effect:
 * a core file. */
static void on_quit(int sig, siginfo_t *info, void *uc)
{
    int64_t now = clock_now(), first = 0;
    if (ld_relaxed(&runtime_forked)) { /* a child has no monitor */
        default_action(sig, info);
    } else if (__atomic_compare_exchange_n(&quit_when, &first, now, 0, __ATOMIC_SEQ_CST,
                                           __ATOMIC_RELAXED)) {
        st_relaxed(&quit_pc, signal_pc(uc));
        sysmon_request(REQUEST_DUMP);
    } else if (now - first > QUIT_PATIENCE && !ld_relaxed(&quit_served)) {
        default_action(sig, info);
    }
}

static void install_quit(void)
{
    struct sigaction sa, old;
    if (sigaction(SIGQUIT, NULL, &old) != 0 || (old.sa_flags & SA_SIGINFO) ||
        old.sa_handler != SIG_DFL)
        return;
    memset(&sa, 0, sizeof sa);
    sa.sa_sigaction = on_quit;
    sa.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    sigaction(SIGQUIT, &sa, NULL);
}

void debug_on_sigquit(void)
{
    struct writer w;
    writer_init(&w, STDERR_FILENO);
    put_str(&w, "SIGQUIT: quit\nPC=");
    put_hex(&w, ld_relaxed(&quit_pc));
    put_str(&w, "\n\n");
    writer_flush(&w);
    dump_quit(&quit_served);
    dump_end();
}

/* --- Start --------------------------------------------------------------------- */

/* At the low end of each mapping for signals: what to put back. */
struct altstack {
    stack_t before;
};

static void altstack_free(void *arg)
{
    struct altstack *a = arg;
    stack_t now;
    if (sigaltstack(NULL, &now) == 0 && now.ss_sp == (void *)(a + 1))
        sigaltstack(&a->before, NULL);
    munmap(a, ALT_SIZE);
}

void debug_thread_init(struct m *m)
{
    (void)m;
    stack_t now;
    if (sigaltstack(NULL, &now) != 0 || (!(now.ss_flags & SS_DISABLE) && now.ss_size >= ALT_SIZE))
        return;
    struct altstack *a =
        mmap(NULL, ALT_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (a == MAP_FAILED)
        return;
    a->before = now;
    stack_t ours = { .ss_sp = a + 1, .ss_size = ALT_SIZE - sizeof *a };
    if (sigaltstack(&ours, NULL) != 0 || pthread_setspecific(altstack_key, a) != 0)
        altstack_free(a);
}

void debug_init(void)
{
    traceback_read_env();
    pthread_key_create(&altstack_key, altstack_free);
    thread_hook = debug_thread_init;
    sysmon_dump = debug_on_sigquit;
    install_fault(SIGSEGV, &old_segv);
    install_fault(SIGBUS, &old_bus);
    install_quit();
    longrun_init();
    leaks_init();
}

/* The scheduler knows nothing of debug; it calls what it finds here.  Traces
 * are there from the beginning: the first call of all may be a misuse.  Before the
 * constructors of the program, which may call the library. */
__attribute__((constructor(101))) static void debug_announce(void)
{
    traceback_read_env();
    fatal_trace = dump_fatal;
    start_hook = debug_init;
}
