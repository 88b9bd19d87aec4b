/* SPDX-License-Identifier: MIT */
/* Context: the end of one is the end of all made from it, and of nobody else; the
 * first to end it decides how, and every descendant tells the same. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>
#include <string.h>

static void test_roots(void)
{
    go_context *b = go_context_background(), *t = go_context_todo();
    CHECK(b && t && b != t && b == go_context_background());
    CHECK(go_context_err(b) == 0 && go_context_cause(t) == 0);
    CHECK(go_context_deadline(b) == GO_FOREVER && !go_context_done(t));
    CHECK(go_context_hold(b) == b);
    for (int i = 0; i < 5; i++)
        go_context_drop(b);
    CHECK(go_context_err(NULL) == 0 && go_context_cause(NULL) == 0 && !go_context_done(NULL));
    CHECK(go_context_deadline(NULL) == GO_FOREVER && !go_context_value(NULL, &b));
    CHECK(go_context_hold(NULL) == NULL);
    go_context_drop(NULL);
}

static void check_end(go_context *ctx, int err, int cause)
{
    CHECK_EQ(go_context_err(ctx), err);
    CHECK_EQ(go_context_cause(ctx), cause);
    CHECK_EQ(go_try_recv(go_context_done(ctx), NULL), err ? -EPIPE : -EAGAIN);
}

/*      a - b - v - d - l - e        v: value, l: without_cancel
 *       \- c                                                        */
static void test_branches(void)
{
    static char key;
    go_context *a = go_context_with_cancel(go_context_background());
    go_context *b = go_context_with_cancel(a), *c = go_context_with_cancel(a);
    go_context *v = go_context_with_value(b, &key, &key);
    go_context *d = go_context_with_timeout(v, GO_HOUR);
    go_context *l = go_context_without_cancel(d), *e = go_context_with_cancel(l);
    CHECK(go_context_value(e, &key) == &key && !go_context_value(c, &key));
    CHECK(go_context_done(v) == go_context_done(b) && go_context_done(v) != go_context_done(d));
    CHECK(!go_context_done(l) && go_context_deadline(l) == GO_FOREVER);

    go_context_cancel_cause(b, 77);
    check_end(a, 0, 0);
    check_end(c, 0, 0);
    check_end(b, -ECANCELED, 77);
    check_end(v, -ECANCELED, 77);
    check_end(d, -ECANCELED, 77);
    check_end(e, 0, 0);
    CHECK(go_context_err(l) == 0);

    go_context_cancel_cause(d, 78); /* too late, here and below */
    go_context_cancel(a);
    check_end(a, -ECANCELED, -ECANCELED);
    check_end(b, -ECANCELED, 77);
    check_end(c, -ECANCELED, -ECANCELED);
    check_end(d, -ECANCELED, 77);
    check_end(e, 0, 0);

    /* What is made from one that has ended has ended, and as it did. */
    go_context *late = go_context_with_timeout(v, -1);
    check_end(late, -ECANCELED, 77);
    go_context_drop(late);
    go_context_cancel_cause(e, 79);
    check_end(e, -ECANCELED, 79);
    CHECK(go_context_err(l) == 0);
    go_context *all[] = { a, b, c, v, d, l, e };
    for (unsigned i = 0; i < sizeof all / sizeof *all; i++)
        go_context_drop(all[i]);
}

/* A child keeps all above alive, and its own end is nobody else's. */
static void test_holds(void)
{
    go_context *a = go_context_with_cancel(go_context_background());
    go_context *b = go_context_with_cancel(a), *c = go_context_with_cancel(b);
    go_context_drop(b);
    go_context_cancel(c);
    CHECK(go_context_err(a) == 0);
    go_context *d = go_context_with_cancel(go_context_hold(c));
    go_context_drop(c);
    go_context_drop(c);
    CHECK_EQ(go_context_err(d), -ECANCELED);
    go_context_drop(d);
    /* b is gone; a walk through a finds nobody. */
    go_context_cancel(a);
    CHECK_EQ(go_context_err(a), -ECANCELED);
    go_context_drop(a);
}

static void test_texts(void)
{
    CHECK_EQ(strcmp(go_context_error_text(-ECANCELED), "context canceled"), 0);
    CHECK_EQ(strcmp(go_context_error_text(-ETIMEDOUT), "context deadline exceeded"), 0);
    CHECK_EQ(strcmp(go_context_error_text(0), "<nil>"), 0);
    CHECK_EQ(strcmp(go_context_error_text(-ENOENT), strerror(ENOENT)), 0);
    CHECK(*go_context_error_text(12345) && *go_context_error_text(INT32_MIN));
}

int main(void)
{
    test_roots();
    test_branches();
    test_holds();
    test_texts();
    return 0;
}
