/* SPDX-License-Identifier: MIT */
/* go_observe_long: reports a goroutine that computes without calling the library, with
 * its stack and where it was started, once at the threshold and again at twice and four
 * times of it.  Never one that waits, sleeps in the kernel, or calls the library. */
#include "support.h"

#include <goroutine.h>
#include <pthread.h>

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

enum { MAX = 64 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct seen {
    uint64_t id, creator;
    int64_t computed;
    char name[24], stack[1024], created[256];
} seen[MAX];
static int nseen, stop; /* atomic; the records before nseen are complete */

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
        __atomic_store_n(&nseen, nseen + 1, __ATOMIC_RELEASE);
    }
    pthread_mutex_unlock(&lock);
}

static int count_seen(void)
{
    return __atomic_load_n(&nseen, __ATOMIC_ACQUIRE);
}

static __attribute__((noinline)) void burn(void)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
        __asm__ volatile("");
}

static __attribute__((noinline)) void hog(uint64_t *id)
{
    go_set_name("hog");
    *id = go_id();
    burn();
    __asm__ volatile(""); /* else the call before may become a jump */
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

static void sleep_shortly(void)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        for (int64_t end = clock_ns() + GO_MILLISECOND; clock_ns() < end;)
            ;
        usleep(100);
    }
}

static void compute_and_call(void)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        for (int64_t end = clock_ns() + GO_MILLISECOND; clock_ns() < end;)
            ;
        go_id();
    }
}

static void one_hog(void)
{
    uint64_t id = 0;
    int fd[2];
    go_chan(int) c = go_make(int, 0);
    CHECK_EQ(pipe(fd), 0);
    go(wait_for_channel, c);
    go(sleep_in_kernel, fd[0]);
    go(sleep_shortly);
    go(compute_and_call);
    go(hog, &id);
    for (int64_t start = clock_ns(); count_seen() < 3 && clock_ns() - start < 30 * GO_SECOND;)
        go_sleep(GO_MILLISECOND);
    __atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
    CHECK_EQ(write(fd[1], "", 1), 1);
    go_close(c);
    while (go_count() > 1)
        go_sleep(GO_MILLISECOND);
    go_drop(c);
    close(fd[0]);
    close(fd[1]);
    CHECK(count_seen() >= 3);
    for (int i = 0; i < count_seen(); i++) {
        CHECK_EQ(seen[i].id, id);
        CHECK_EQ(seen[i].creator, 1);
        CHECK(strcmp(seen[i].name, "hog ") == 0);
        CHECK(seen[i].computed >= THRESHOLD << i);
        CHECK(strcmp(seen[i].created, "one_hog ") == 0 || strcmp(seen[i].created, "main ") == 0);
        if (STACKS)
            CHECK(strncmp(seen[i].stack, "burn hog ", 9) == 0);
    }
}

static void compute(int64_t d)
{
    for (int64_t end = clock_ns() + d; clock_ns() < end;)
        ;
}

int main(void)
{
    CHECK_EQ(go_observe_long(-1, NULL, NULL), -EINVAL);
    CHECK_EQ(go_observe_long(THRESHOLD, note, &seen), 0);
    one_hog();
    int before = count_seen();
    CHECK_EQ(go_observe_long(0, NULL, NULL), 0);
    compute(3 * THRESHOLD);
    go_yield();
    CHECK_EQ(count_seen(), before);
    go_verify();
}
