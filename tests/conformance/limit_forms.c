/* SPDX-License-Identifier: MIT */
/* At the limit: go_try returns -EAGAIN; go waits while another computes, shows in a
 * dump why, and goes beyond after a tenth of a second; raising or ending the limit
 * lets who waits go; a thread that is not ours waits as a thread. */
#include "support.h"

#include <goroutine.h>
#include <pthread.h>

static int stop, ran; /* atomic */

static int get(int *p)
{
    return __atomic_load_n(p, __ATOMIC_ACQUIRE);
}

static void compute_until_stop(void)
{
    while (!get(&stop))
        __asm__ volatile("");
}

static void count(void)
{
    __atomic_fetch_add(&ran, 1, __ATOMIC_RELEASE);
}

static void all_gone(void)
{
    while (go_count() > 1)
        go_sleep(GO_MILLISECOND);
}

static void receive(go_chan(int) c)
{
    go_recv(c, NULL);
}

static void try_at_limit(void)
{
    go_chan(int) never = go_make(int, 0);
    go_set_limit(2);
    CHECK_EQ(go_try(receive, never), 0);
    CHECK_EQ(go_try(count), -EAGAIN);
    CHECK_EQ(go_set_limit(3), 2);
    CHECK_EQ(go_try(count), 0);
    go_close(never);
    all_gone();
    go_drop(never);
    CHECK_EQ(get(&ran), 1);
}

/* A hog of the only place: main's patience ends, not before its time. */
static void patience(void)
{
    go_set_limit(2);
    go(compute_until_stop);
    int64_t start = clock_ns();
    go(count);
    CHECK(clock_ns() - start >= 100 * GO_MILLISECOND);
    CHECK(go_count() >= 2);
    __atomic_store_n(&stop, 1, __ATOMIC_RELEASE);
    all_gone();
    CHECK_EQ(get(&ran), 2);
}

/* Dumps until main is seen to wait, then ends the limit; or main went beyond it. */
static void find_in_dump(int before, bool *shown)
{
    static char text[1 << 16];
    while (!*shown && get(&ran) == before) {
        FILE *f = tmpfile();
        CHECK(f);
        go_dump(fileno(f));
        rewind(f);
        text[fread(text, 1, sizeof text - 1, f)] = '\0';
        fclose(f);
        *shown = strstr(text, "goroutine 1 [goroutine limit") != NULL;
    }
    go_set_limit(0);
}

static void shown_and_ended(void)
{
    bool shown = false;
    for (int i = 0; i < 20 && !shown; i++) {
        go_set_limit(2);
        go(find_in_dump, get(&ran), &shown);
        go(count);
        all_gone();
        CHECK_EQ(go_set_limit(-1), 0);
    }
    CHECK(shown);
}

static void *foreign(void *arg)
{
    go_chan(int) c = arg;
    for (int i = 0; i < 5; i++)
        go(count);
    go_close(c);
    return NULL;
}

static void foreign_waits(void)
{
    pthread_t t;
    int before = get(&ran);
    go_chan(int) c = go_make(int, 0);
    go_set_limit(1); /* main alone: each goes beyond, for main waits for all */
    CHECK_EQ(pthread_create(&t, NULL, foreign, c), 0);
    CHECK(!go_recv(c, NULL));
    all_gone();
    CHECK_EQ(pthread_join(t, NULL), 0);
    CHECK_EQ(get(&ran), before + 5);
    go_set_limit(0);
    go_drop(c);
}

int main(void)
{
    try_at_limit();
    patience();
    shown_and_ended();
    foreign_waits();
    go_verify();
}
