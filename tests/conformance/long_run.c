/* SPDX-License-Identifier: MIT */
/* go_observe_long: reports a goroutine that computes without calling the library, with
 * its stack and where it was started, once at the threshold and again at twice and four
 * times of it.  Never one that waits, sleeps in the kernel, or calls the library.
 *
 * A machine that stands still counts that as CPU time of who was running, and a process
 * that is stopped has slept.  So each goroutine notes what the kernel counted of it, and
 * the reports are judged by that. */
#include "support.h"

#include <goroutine.h>
#include <pthread.h>
#include <sys/resource.h>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define STACKS 0 /* signals are held back from a thread that computes */
#else
#define STACKS 1
#endif

#define THRESHOLD (20 * GO_MILLISECOND)
#define PATIENCE  GO_SECOND /* a thread that gets no CPU for so long has no stack reported */

enum { MAX = 64, REPORTS = 3 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct seen {
    uint64_t id, creator;
    int64_t computed;
    char name[24], stack[1024], created[256];
} seen[MAX];
static int nseen;               /* atomic; the records before it are complete */
static int nhog, nstacks, stop; /* atomic */

static void append(char *to, size_t size, const char *what)
{
    size_t n = strlen(to);
    snprintf(to + n, size - n, "%s ", what ? what : "?");
}

static void note(const go_long_run *r, void *arg)
{
    CHECK(arg == &seen);
    pthread_mutex_lock(&lock);
    if (nseen < MAX) {
        struct seen *s = &seen[nseen];
        s->id = r->id;
        s->creator = r->creator;
        s->computed = r->computed;
        append(s->name, sizeof s->name, r->name);
        append(s->created, sizeof s->created, r->created.function);
        for (size_t i = 0; i < r->nframes; i++)
            append(s->stack, sizeof s->stack, r->frames[i].function);
        if (strcmp(s->name, "hog ") == 0) {
            __atomic_add_fetch(&nstacks, s->stack[0] != '\0', __ATOMIC_RELAXED);
            __atomic_add_fetch(&nhog, 1, __ATOMIC_RELAXED);
        }
        __atomic_store_n(&nseen, nseen + 1, __ATOMIC_RELEASE);
    }
    pthread_mutex_unlock(&lock);
}

static int count_seen(void)
{
    return __atomic_load_n(&nseen, __ATOMIC_ACQUIRE);
}

static int64_t cpu_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * GO_SECOND + t.tv_nsec;
}

static int64_t thread_sleeps(void)
{
    struct rusage u;
    CHECK_EQ(getrusage(RUSAGE_THREAD, &u), 0);
    return u.ru_nvcsw;
}

/* What the kernel counted of a goroutine between two of its calls, or sleeps. */
struct rest {
    uint64_t id;
    int64_t since, longest;
};
static struct rest caller, sleeper, waiter; /* read when their goroutines have ended */

static void rest_begins(struct rest *r)
{
    r->since = cpu_ns();
}

static void rest_ends(struct rest *r)
{
    int64_t d = cpu_ns() - r->since;
    if (d > r->longest)
        r->longest = d;
}

static struct {
    uint64_t id;
    int64_t wall, sleeps; /* from the first instruction of burn to the last */
} hogged;

static __attribute__((noinline)) void burn(void)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
        __asm__ volatile("");
}

static __attribute__((noinline)) void hog(void)
{
    go_set_name("hog");
    hogged.id = go_id();
    hogged.sleeps = -thread_sleeps();
    hogged.wall = -clock_ns();
    burn();
    hogged.wall += clock_ns();
    hogged.sleeps += thread_sleeps();
}

/* --- Who must not be reported --------------------------------------------------- */

static void wait_for_channel(go_chan(int) c)
{
    go_recv(c, NULL);
}

static void sleep_in_kernel(int fd)
{
    char byte;
    CHECK_EQ(read(fd, &byte, 1), 1); /* and no EINTR */
}

static void compute(int64_t d)
{
    for (int64_t end = clock_ns() + d; clock_ns() < end;)
        ;
}

static void sleep_shortly(void)
{
    sleeper.id = go_id();
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        rest_begins(&sleeper);
        compute(GO_MILLISECOND);
        rest_ends(&sleeper);
        usleep(100);
    }
}

static void compute_and_call(void)
{
    caller.id = go_id();
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        rest_begins(&caller);
        compute(GO_MILLISECOND);
        rest_ends(&caller);
        go_id();
    }
}

static void wait_for_reports(void)
{
    int64_t end = clock_ns() + 30 * GO_SECOND;
    bool enough = false;
    waiter.id = go_id();
    while (!enough) {
        go_sleep(GO_MILLISECOND);
        rest_begins(&waiter);
        enough = clock_ns() > end || (__atomic_load_n(&nhog, __ATOMIC_RELAXED) >= REPORTS &&
                                      (!STACKS || __atomic_load_n(&nstacks, __ATOMIC_RELAXED)));
        rest_ends(&waiter);
    }
}

static void judge_innocent(const struct seen *s)
{
    const struct rest *all[] = { &caller, &sleeper, &waiter };
    bool known = false;
    for (int i = 0; i < 3; i++) {
        if (s->id != all[i]->id)
            continue;
        known = true;
        if (all[i]->longest < THRESHOLD)
            fprintf(stderr, "goroutine %d reported with %lld ns, never computed more than %lld\n",
                    (int)s->id, (long long)s->computed, (long long)all[i]->longest);
        CHECK(all[i]->longest >= THRESHOLD);
    }
    CHECK(known);
}

/* Whoever sleeps begins anew, at the first threshold. */
static void judge_hog(const struct seen *s, bool burning, int *doublings, int64_t *restarts)
{
    if (s->computed < THRESHOLD << *doublings) {
        *doublings = 0;
        ++*restarts;
    }
    CHECK(s->computed >= THRESHOLD << *doublings);
    ++*doublings;
    CHECK(*restarts <= hogged.sleeps);
    CHECK_EQ(s->creator, 1);
    CHECK(strcmp(s->name, "hog ") == 0);
    CHECK(strcmp(s->created, "one_hog ") == 0 || strcmp(s->created, "main ") == 0);
    if (STACKS && burning && (s->stack[0] || hogged.wall < PATIENCE))
        CHECK(strncmp(s->stack, "burn hog ", 9) == 0);
}

static void one_hog(void)
{
    int fd[2], doublings = 0;
    int64_t restarts = 0;
    go_chan(int) c = go_make(int, 0);
    CHECK_EQ(pipe(fd), 0);
    go(wait_for_channel, c);
    go(sleep_in_kernel, fd[0]);
    go(sleep_shortly);
    go(compute_and_call);
    go(hog);
    wait_for_reports();
    int before_end = count_seen();
    __atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
    CHECK_EQ(write(fd[1], "", 1), 1);
    go_close(c);
    while (go_count() > 1)
        go_sleep(GO_MILLISECOND);
    go_drop(c);
    close(fd[0]);
    close(fd[1]);
    CHECK(__atomic_load_n(&nhog, __ATOMIC_RELAXED) >= REPORTS);
    CHECK(!STACKS || __atomic_load_n(&nstacks, __ATOMIC_RELAXED) > 0);
    for (int i = 0; i < count_seen(); i++) {
        if (seen[i].id == hogged.id)
            judge_hog(&seen[i], i < before_end, &doublings, &restarts);
        else
            judge_innocent(&seen[i]);
    }
}

/* --- When it has been ended ------------------------------------------------------- */

static uint64_t late; /* its goroutine */

static void compute_long(void)
{
    late = go_id();
    compute(3 * THRESHOLD);
}

int main(void)
{
    CHECK_EQ(go_observe_long(-1, NULL, NULL), -EINVAL);
    CHECK_EQ(go_observe_long(THRESHOLD, note, &seen), 0);
    one_hog();
    CHECK_EQ(go_observe_long(0, NULL, NULL), 0);
    /* A report on one of those before may still be under way. */
    go(compute_long);
    while (go_count() > 1)
        go_sleep(GO_MILLISECOND);
    go_sleep(2 * THRESHOLD);
    for (int i = 0; i < count_seen(); i++)
        CHECK(seen[i].id != late);
    go_verify();
}
