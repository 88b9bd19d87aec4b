/* SPDX-License-Identifier: MIT */
/* Go, runtime.Goexit: runs all deferred calls of the goroutine, innermost first, while
 * the frames that deferred them are still there; go_local values are destroyed after
 * that.  A deferred call may call it again.  The same on a thread that is not ours. */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>
#include <string.h>

struct report {
    char told[64];
    go_waitgroup *done;
};

static void add(struct report *r, const char *s)
{
    strcat(r->told, s);
}

static void destroyed(void *r)
{
    add(r, "L");
    go_waitgroup_done(((struct report *)r)->done);
}

static go_local local = { .destroy = destroyed };

static void add_mine(struct report *r, const int *on_stack)
{
    char s[2] = { (char)('0' + *on_stack), 0 };
    add(r, s);
}

static void leave(struct report *r, int depth)
{
    int mine = depth;
    go_defer(add_mine, r, &mine);
    if (depth > 0)
        leave(r, depth - 1);
    else if (depth == 0)
        go_exit();
    mine = 9; /* never, and not a jump */
}

static void again(struct report *r)
{
    add(r, "(");
    go_defer(add, r, ")");
    go_exit();
}

static void body(struct report *r)
{
    CHECK_EQ(go_local_set(&local, r), 0);
    go_defer(add, r, "e");
    go_defer(again, r);
    leave(r, 3);
    CHECK(!"came back");
}

static void *foreign(void *r)
{
    body(r);
    return NULL;
}

static void check(struct report *r)
{
    if (strcmp(r->told, "0123()eL") != 0) {
        fprintf(stderr, "told: %s\n", r->told);
        _Exit(1);
    }
}

int main(void)
{
    enum { N = 50 };
    static struct report r[N], other;
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, N + 1);
    for (int i = 0; i < N; i++) {
        r[i].done = &wg;
        go(body, &r[i]);
    }
    other.done = &wg;
    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, foreign, &other), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < N; i++)
        check(&r[i]);
    check(&other);
}
