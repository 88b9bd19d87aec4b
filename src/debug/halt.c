/* SPDX-License-Identifier: MIT */
#include "debug/halt.h"

#include "base/pause.h"
#include "arch/callregs.h"
#include "debug/unwind.h"
#include "os/clock.h"
#include "os/futex.h"
#include "os/sigkeep.h"
#include "os/task.h"
#include "sched/self.h"
#include "sched/sysmon.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

/* How long threads may take to answer, and after which time we ask whether those
 * that do not are dead. */
#define PATIENCE_NS INT64_C(300000000)
#define DOUBT_NS    INT64_C(20000000)

enum { PAUSE_NS = 20000, SPARE = 64, TID_LIMIT = 1 << 22 };

/* H1: a thread that enters the handler counts itself in `inside` and then reads
 * `active`; who releases clears `active` and then waits for inside == 0.  All of
 * them sequentially consistent: so after that nobody touches *active or its
 * slots.  They stay in the handler while `closed` is 1. */
static struct halt *active;
static uint32_t inside;
static uint32_t closed; /* futex */

static int halt_signal; /* [imm] once chosen, under the revoke lock */

static void pause_a_little(void)
{
    pause_ns(PAUSE_NS);
}

/* --- In the threads that are stopped ------------------------------------------ */

/* From our own frame up to the end of what the kernel saved. */
static struct span signal_frame(void *uc)
{
    uintptr_t lo = (uintptr_t)__builtin_frame_address(0);
    uintptr_t hi = (uintptr_t)uc + sizeof(ucontext_t);
#if defined(__x86_64__)
    const ucontext_t *u = uc;
    const char *fp = (const char *)u->uc_mcontext.fpregs;
    if (fp) {
        /* In the last bytes that the hardware leaves free: a magic number, and how
         * much there is of the registers that came after SSE. */
        uint32_t magic, size;
        memcpy(&magic, fp + 464, sizeof magic);
        memcpy(&size, fp + 468, sizeof size);
        uintptr_t end = (uintptr_t)fp + (magic == 0x46505853 ? size : 512);
        hi = end > hi ? end : hi;
    }
#endif
    return (struct span){ lo, hi };
}

static void write_slot(struct halted *t, void *uc)
{
    stack_t alt;
    t->sp = signal_sp(uc);
    t->pc = signal_pc(uc);
    t->m = m_self();
    t->pending = &go_call_pending_;
    t->thread = (uintptr_t)pthread_self();
    t->frame = signal_frame(uc);
    t->alt = (struct span){ 0, 0 };
    if (sigaltstack(NULL, &alt) == 0 && (alt.ss_flags & SS_ONSTACK))
        t->alt = (struct span){ (uintptr_t)alt.ss_sp, (uintptr_t)alt.ss_sp + alt.ss_size };
}

static void stay(struct halt *h, void *uc)
{
    uint32_t i = __atomic_fetch_add(&h->taken, 1, __ATOMIC_RELAXED);
    if (i >= h->cap)
        return;
    write_slot(&h->v[i], uc);
    add_seq(&h->n, 1u); /* pairs with halt_begin */
    while (ld_acquire(&closed))
        futex_wait(&closed, 1, INT64_MAX);
}

static void on_halt(int sig, siginfo_t *info, void *uc)
{
    int saved = errno;
    (void)sig;
    add_seq(&inside, 1u); /* H1 */
    struct halt *h = ld_seq(&active);
    if (h && info->si_code == SI_TKILL && info->si_pid == getpid())
        stay(h, uc);
    sub_seq(&inside, 1u); /* H1 */
    errno = saved;
}

/* A signal that nobody uses.  The handler stays for good: one of its signals may
 * still be pending in a thread that blocks it, and would end the program. */
static int choose_signal(void)
{
    struct sigaction sa, old;
    for (int sig = SIGRTMAX; sig >= SIGRTMIN; sig--) {
        if (sigaction(sig, NULL, &old) != 0 || (old.sa_flags & SA_SIGINFO) ||
            old.sa_handler != SIG_DFL)
            continue;
        memset(&sa, 0, sizeof sa);
        sa.sa_sigaction = on_halt;
        sigfillset(&sa.sa_mask);
        sigdelset(&sa.sa_mask, SIGSEGV);
        sigdelset(&sa.sa_mask, SIGBUS);
        sa.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
        if (sigaction(sig, &sa, NULL) == 0) {
            signal_keep(sig);
            return sig;
        }
    }
    return 0;
}

/* --- The one who stops them ----------------------------------------------------- */

struct asking {
    struct halt *h;
    uint8_t *known; /* bit of a tid: it was sent the signal */
    int32_t self, pid;
    uint32_t there; /* threads in the last list that have to answer */
    bool fresh;     /* and some of them had not been asked before */
    bool doubtful;  /* leave out those that are dead */
};

static int32_t number_of(const char *s)
{
    int32_t n = 0;
    for (; *s >= '0' && *s <= '9'; s++)
        n = n * 10 + (*s - '0');
    return *s ? 0 : n;
}

/* A thread that has ended but was not waited for: the one of main, perhaps. */
static bool is_dead(int dir, const char *name)
{
    char path[32] = "", text[256];
    strcat(strncat(path, name, 16), "/stat");
    int fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
    if (fd >= 0)
        close(fd);
    if (n <= 0)
        return true;
    text[n] = '\0';
    const char *end = strrchr(text, ')');
    return end && end[1] && (end[2] == 'Z' || end[2] == 'X');
}

static void ask(struct asking *a, int dir, const char *name)
{
    int32_t tid = number_of(name);
    if (tid <= 0 || tid >= TID_LIMIT || tid == a->self || tid == ld_relaxed(&sysmon_tid) ||
        task_is_kernels(tid))
        return;
    uint8_t bit = (uint8_t)(1u << (tid % 8));
    if (!(a->known[tid / 8] & bit)) {
        if (syscall(SYS_tgkill, a->pid, tid, halt_signal) != 0)
            return;
        a->known[tid / 8] |= bit;
        a->fresh = true;
    }
    a->there += !(a->doubtful && is_dead(dir, name));
}

struct entry64 {
    uint64_t ino;
    int64_t off;
    uint16_t size;
    uint8_t type;
    char name[];
};

/* Not opendir, which allocates: they may have been stopped in malloc. */
static bool ask_all(struct asking *a)
{
    _Alignas(struct entry64) char buf[4096];
    int dir = open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0)
        return false;
    a->there = 0;
    a->fresh = false;
    long n;
    while ((n = syscall(SYS_getdents64, dir, buf, sizeof buf)) > 0)
        for (long at = 0; at < n;) {
            const struct entry64 *e = (const void *)(buf + at);
            ask(a, dir, e->name);
            at += e->size;
        }
    close(dir);
    return n == 0;
}

/* A list that shows no thread that is new is complete: those that were asked before
 * and have answered make no more. */
static bool wait_for_all(struct asking *a)
{
    int64_t begin = clock_now(), waited = 0;
    for (; waited < PATIENCE_NS; waited = clock_now() - begin) {
        a->doubtful = waited > DOUBT_NS;
        if (!ask_all(a))
            return false;
        if (!a->fresh && ld_seq(&a->h->n) >= a->there)
            return true;
        if (ld_relaxed(&a->h->taken) > a->h->cap)
            return false;
        pause_a_little();
    }
    return false;
}

static uint32_t count_threads(struct asking *a)
{
    uint8_t *known = a->known;
    memset(known, 0xff, TID_LIMIT / 8); /* count, but ask nobody */
    bool ok = ask_all(a);
    memset(known, 0, TID_LIMIT / 8);
    return ok ? a->there : 0;
}

static bool slots_make(struct halt *h, uint32_t n)
{
    h->cap = n + SPARE;
    h->v = mmap(NULL, h->cap * sizeof *h->v, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                -1, 0);
    return h->v != MAP_FAILED;
}

int halt_begin(struct halt *h)
{
    struct asking a = { .h = h, .self = (int32_t)syscall(SYS_gettid), .pid = (int32_t)getpid() };
    *h = (struct halt){ 0 };
    if (!halt_signal && !(halt_signal = choose_signal()))
        return -EAGAIN;
    a.known = mmap(NULL, TID_LIMIT / 8, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (a.known == MAP_FAILED)
        return -ENOMEM;
    bool ok = slots_make(h, count_threads(&a));
    if (ok) {
        st_seq(&closed, 1u);
        st_seq(&active, h);
        ok = wait_for_all(&a);
        if (!ok)
            halt_end(h);
    }
    munmap(a.known, TID_LIMIT / 8);
    return ok ? 0 : -EAGAIN;
}

void halt_end(struct halt *h)
{
    st_seq(&active, (struct halt *)NULL); /* H1 */
    st_seq(&closed, 0u);
    futex_wake(&closed, INT32_MAX);
    while (ld_seq(&inside)) /* H1 */
        pause_a_little();
    munmap(h->v, h->cap * sizeof *h->v);
    *h = (struct halt){ 0 };
}
