/* SPDX-License-Identifier: MIT */
#include "debug/longrun.h"

#include "base/options.h"
#include "debug/backtrace.h"
#include "debug/crash.h"
#include "debug/unwind.h"
#include "os/clock.h"
#include "os/futex.h"
#include "os/sigkeep.h"
#include "os/task.h"
#include "os/usage.h"
#include "sched/deadlock.h"
#include "sched/init.h"
#include "sched/entry.h"
#include "sched/sysmon.h"

#include <errno.h>
#include <goroutine/debug.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* LOOK: the shortest period.  ANSWER: what a thread that is sent a signal may compute
 * before it handles it; PATIENCE: how long it may take if it does not get a CPU. */
enum { LOOK_NS = 1000000, ANSWER_NS = 5000000, PATIENCE_NS = 1000000000 };

enum { SAMPLE_FREE, SAMPLE_ASKED, SAMPLE_TAKING, SAMPLE_FULL };

/* Written by who owns it, read by the next one; the state orders that. */
static struct sample {
    uint32_t state; /* [atomic] futex: the reporter sleeps until FULL */
    bool valid;     /* else it is void */
    struct m *m;    /* atomic: a late handler looks */
    struct g *g;
    uint32_t entries;
    int64_t asked; /* time */
    int64_t cpu;   /* of the thread, then */
    int64_t computed;
    uint64_t id, parent;
    uintptr_t created, fn;
    char name[24];
    struct trace t;
} sample;

static struct spin config_lock;
static struct {
    void (*report)(const go_long_run *r, void *arg);
    void *arg;
    bool started;         /* the reporter's thread is there */
} config;                 /* config_lock */
static int64_t threshold; /* [atomic] */
static uint32_t setting;  /* [atomic] grows with each change of it */
static int signo;         /* [imm] once sysmon_observe is set */

/* --- On the goroutine's thread ------------------------------------------------- */

/* R1, from the outside; the M's own thread sees itself in order. */
static bool still_computes(const struct m *m, const struct g *g, uint32_t entries)
{
    return ld_acquire(&m->curg) == g && !ld_relaxed(&m->in_rt) &&
           ld_relaxed(&m->revoked) != R_NONE && ld_relaxed(&m->entries) == entries;
}

/* What sysmon reads here may change meanwhile; it finds that out afterwards.  A loop
 * and not memcpy, which the thread sanitizer would look into. */
static not_for_tsan void describe(const struct g *g)
{
    sample.id = g->id;
    sample.parent = g->parent_id;
    sample.created = (uintptr_t)g->created_pc;
    sample.fn = (uintptr_t)g->fn;
    bool named = ld_relaxed(&g->name) != NULL;
    for (size_t i = 0; i < sizeof sample.name; i++)
        sample.name[i] = named ? g->name_buf[i] : '\0';
    sample.name[sizeof sample.name - 1] = '\0';
    sample.t.n = 0;
    sample.t.elided = 0;
}

static void take_stack(void *uc)
{
    trace_here(&sample.t, signal_pc(uc));
}

static void pass_to_reporter(bool valid)
{
    sample.valid = valid;
    st_release(&sample.state, (uint32_t)SAMPLE_FULL); /* pairs with wait_for_sample */
    futex_wake(&sample.state, 1);
}

static void on_signal(int sig, siginfo_t *info, void *uc)
{
    struct m *m = m_self();
    int saved = errno;
    (void)sig, (void)info;
    st_relaxed(&m->unanswered, 0u); /* m_none's, if it was sent to a thread that has ended */
    if (ld_acquire(&sample.state) == SAMPLE_ASKED && ld_relaxed(&sample.m) == m &&
        cas(&sample.state, (uint32_t)SAMPLE_ASKED, (uint32_t)SAMPLE_TAKING)) {
        bool valid = sample.m == m && still_computes(m, sample.g, sample.entries);
        if (valid) {
            describe(sample.g);
            if (!guarded(take_stack, uc))
                sample.t.n = 0;
        }
        pass_to_reporter(valid);
    }
    errno = saved;
}

/* --- On sysmon ------------------------------------------------------------------ */

/* The signal is not queued twice for one that blocks it. */
static void ask(struct m *m, const struct long_watch *w)
{
    bool silent = ld_relaxed(&m->unanswered) != 0;
    st_relaxed(&sample.m, m);
    sample.g = w->g;
    sample.entries = w->entries;
    sample.computed = w->cpu_last - w->cpu_begin;
    sample.asked = silent ? INT64_MIN / 2 : clock_now();
    sample.cpu = w->cpu_last;
    deadlock_bystander(false); /* it will have something to do */
    st_release(&sample.state, (uint32_t)SAMPLE_ASKED);
    if (silent)
        return;
    st_relaxed(&m->unanswered, 1u);
    syscall(SYS_tgkill, getpid(), ld_relaxed(&m->tid), signo);
}

/* A hypervisor that stops a CPU stops the thread on it, whose CPU time goes on: so the
 * time alone does not tell that a signal is blocked or held back. */
static bool may_still_answer(int64_t now)
{
    int32_t tid = ld_relaxed(&sample.m->tid);
    if (now - sample.asked >= PATIENCE_NS)
        return false;
    return usage_cpu(tid) - sample.cpu < ANSWER_NS || usage_signal_due(tid, signo);
}

/* A goroutine's record may be read at any time: it lies in a stack, which is not
 * unmapped.  That it was this goroutine's is known afterwards. */
static void give_up_waiting(int64_t now)
{
    if (ld_relaxed(&sample.state) != SAMPLE_ASKED || may_still_answer(now))
        return;
    if (!cas(&sample.state, (uint32_t)SAMPLE_ASKED, (uint32_t)SAMPLE_TAKING))
        return;
    describe(sample.g);
    full_fence(); /* the record, then the M; pairs with rt_enter_slow, which counts first */
    pass_to_reporter(still_computes(sample.m, sample.g, sample.entries));
}

static void begin(struct m *m, struct g *g)
{
    struct long_watch *w = &m->watch;
    w->entries = ld_relaxed(&m->entries);
    cas(&m->revoked, (uint32_t)R_NONE, (uint32_t)R_ASKED);
    w->cpu_begin = w->cpu_last = usage_cpu(ld_relaxed(&m->tid));
    w->sleeps = usage_sleeps(ld_relaxed(&m->tid));
    w->next = ld_relaxed(&threshold);
    w->setting = ld_relaxed(&setting);
    w->g = w->cpu_begin < 0 ? NULL : g;
}

static void look_at(struct m *m)
{
    struct long_watch *w = &m->watch;
    struct g *g = ld_acquire(&m->curg);
    if (!g || g == ld_relaxed(&m->g0) || ld_relaxed(&m->in_rt)) {
        w->g = NULL;
        return;
    }
    if (w->g != g || w->setting != ld_relaxed(&setting) || !still_computes(m, g, w->entries)) {
        begin(m, g);
        return;
    }
    int64_t cpu = usage_cpu(ld_relaxed(&m->tid));
    if (cpu == w->cpu_last)
        return; /* nothing computed */
    if (usage_sleeps(ld_relaxed(&m->tid)) != w->sleeps) {
        begin(m, g);
        return;
    }
    w->cpu_last = cpu;
    if (cpu - w->cpu_begin < w->next || ld_acquire(&sample.state) != SAMPLE_FREE)
        return;
    if (task_sleeps(ld_relaxed(&m->tid)))
        return; /* just now: the signal would end its call */
    while (w->next <= cpu - w->cpu_begin && w->next < INT64_MAX / 2)
        w->next *= 2;
    ask(m, w);
}

static int64_t look_for_long(int64_t now)
{
    int64_t period = ld_relaxed(&threshold) / 4;
    give_up_waiting(now);
    for (struct m *m = ld_acquire(&sched.allm); m; m = m->all_link)
        look_at(m);
    return now + (period < LOOK_NS ? LOOK_NS : period);
}

/* --- On the reporter ------------------------------------------------------------ */

static void wait_for_sample(void)
{
    uint32_t state;
    while ((state = ld_acquire(&sample.state)) != SAMPLE_FULL)
        futex_wait(&sample.state, state, INT64_MAX);
}

static void print_sample(const struct sample *s, const struct symbols *names)
{
    const struct view v = { s->t.f, s->t.n, s->t.elided, true, s->fn };
    struct writer w;
    writer_init(&w, STDERR_FILENO);
    put_str(&w, "long run: no call of the library for ");
    put_dec(&w, (uint64_t)s->computed / GO_MILLISECOND);
    put_str(&w, " ms of CPU time\n\ngoroutine ");
    put_dec(&w, s->id);
    put_str(&w, " [running");
    if (s->name[0]) {
        put_str(&w, ", named \"");
        put_str(&w, s->name);
        put_str(&w, "\"");
    }
    put_str(&w, "]:\n");
    if (s->t.n)
        trace_print(&w, names, &v, false);
    else
        put_str(&w, "\tstack unavailable\n");
    if (s->created)
        creator_print(&w, names, s->created, s->parent);
    put_str(&w, "\n");
    writer_flush(&w);
}

static go_long_frame frame_at(const struct symbols *names, uintptr_t pc, uintptr_t addr)
{
    const struct place *p = symbols_find(names, addr);
    const struct line *l = p ? p->lines : NULL;
    while (l && l->outer)
        l = l->outer;
    return (go_long_frame){ .pc = (const void *)pc,
                            .function = l && l->func ? l->func
                                        : p          ? p->name
                                                     : NULL,
                            .file = l ? l->file : NULL,
                            .line = l ? l->number : 0 };
}

/* The goroutine's own frames; what started it is the runtime's. */
static size_t own_frames(const struct sample *s, const struct symbols *names, go_long_frame *f)
{
    size_t n = 0;
    for (uint32_t i = 0; i < s->t.n; i++) {
        f[n] = frame_at(names, frame_pc(s->t.f[i]), frame_addr(s->t.f[i]));
        const char *name = f[n].function ? f[n].function : "";
        if (strcmp(name, "goroutine_main") == 0 || strncmp(name, "go_entry_", 9) == 0)
            break;
        n++;
        if (strcmp(name, "main") == 0)
            break;
    }
    return n;
}

static void call_report(const struct sample *s, const struct symbols *names,
                        void (*report)(const go_long_run *r, void *arg), void *arg)
{
    go_long_frame frames[TRACE_MAX];
    go_long_run r = { .id = s->id,
                      .name = s->name,
                      .computed = s->computed,
                      .frames = frames,
                      .nframes = own_frames(s, names, frames),
                      .creator = s->parent };
    if (s->created)
        r.created = frame_at(names, s->created, s->created - 1);
    report(&r, arg);
}

static void report_sample(const struct sample *s)
{
    struct symbols names;
    spin_lock(&config_lock);
    void (*report)(const go_long_run *, void *) = config.report;
    void *arg = config.arg;
    spin_unlock(&config_lock);
    if (!ld_acquire(&sysmon_observe))
        return;
    symbols_init(&names, !options.no_lines);
    trace_want(&names, s->t.f, s->t.n);
    if (s->fn)
        symbols_want(&names, s->fn);
    if (s->created)
        symbols_want(&names, s->created - 1);
    symbols_resolve(&names);
    if (report)
        call_report(s, &names, report, arg);
    else
        print_sample(s, &names);
    symbols_free(&names);
}

static void *reporter_main(void *arg)
{
    sigset_t mask;
    (void)arg;
    sigfillset(&mask);
    sigdelset(&mask, SIGSEGV);
    sigdelset(&mask, SIGBUS);
    for (int sig = SIGRTMIN; sig <= SIGRTMAX; sig++)
        sigdelset(&mask, sig); /* debug/halt.h stops this thread too */
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    prctl(PR_SET_NAME, "go-reporter", 0, 0, 0);
    for (;;) {
        wait_for_sample();
        if (sample.valid)
            report_sample(&sample);
        /* If report called the library, this thread is a foreign one from now on, and
         * counted as such. */
        if (m_self() == &m_none)
            deadlock_bystander(true);
        st_release(&sample.state, (uint32_t)SAMPLE_FREE);
    }
    return NULL;
}

/* --- Setting it ------------------------------------------------------------------ */

static bool handler_is(int sig, bool free_too)
{
    struct sigaction old;
    if (sigaction(sig, NULL, &old) != 0)
        return false;
    if (old.sa_flags & SA_SIGINFO)
        return old.sa_sigaction == on_signal;
    return free_too && old.sa_handler == SIG_DFL;
}

/* It stays for good: a signal may still be on its way. */
static int choose_signal(void)
{
    int first = options.long_signal ? options.long_signal : SIGRTMAX;
    int last = options.long_signal ? first : SIGRTMIN;
    if (signo && handler_is(signo, false))
        return 0;
    for (int sig = first; sig >= last && sig > 0; sig--) {
        if (!handler_is(sig, true))
            continue;
        struct sigaction sa;
        memset(&sa, 0, sizeof sa);
        sa.sa_sigaction = on_signal;
        sa.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
        if (sigaction(sig, &sa, NULL) != 0)
            continue;
        signo = sig;
        signal_keep(sig);
        return 0;
    }
    return -EBUSY;
}

/* What a handler must not be the first to do: binding of symbols, tables that the
 * unwinder makes at its first use. */
static void warm_up(void)
{
    struct trace t;
    trace_here(&t, 0);
}

static int start(void)
{
    int err = choose_signal();
    if (err || config.started)
        return err;
    warm_up();
    if (task_start(reporter_main, NULL) != 0)
        return -EAGAIN;
    deadlock_bystander(true);
    config.started = true;
    return 0;
}

static int observe(int64_t t, void (*report)(const go_long_run *r, void *arg), void *arg)
{
    int err = 0;
    static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER; /* never held while parked */
    pthread_mutex_lock(&turn);
    if (t > 0)
        err = start();
    if (!err) {
        spin_lock(&config_lock);
        config.report = report;
        config.arg = arg;
        spin_unlock(&config_lock);
        if (t > 0)
            st_relaxed(&threshold, t);
        add_relaxed(&setting, 1);
        st_release(&sysmon_observe, t > 0 ? look_for_long : NULL); /* pairs with observe */
    }
    pthread_mutex_unlock(&turn);
    return err;
}

int go_observe_long(int64_t t, void (*report)(const go_long_run *r, void *arg), void *arg)
{
    if (t < 0)
        return -EINVAL;
    rt_exit(rt_enter()); /* the runtime has started */
    return observe(t, report, arg);
}

void longrun_init(void)
{
    static int said;
    if (options.long_run && observe(options.long_run, NULL, NULL) != 0)
        warn_once(&said, "GO_DEBUG=long: no signal is free or no thread can be made; ignored");
}
