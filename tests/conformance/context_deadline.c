/* SPDX-License-Identifier: MIT */
/* Context: it ends at its deadline or its parent's, whichever is first, with -ETIMEDOUT
 * and the cause given for that; a deadline that has passed ends it at once; one that was
 * cancelled before stays cancelled. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>

static go_context *root(void)
{
    return go_context_background();
}

static void test_earlier_wins(void)
{
    int64_t t = go_now() + GO_HOUR;
    go_context *p = go_context_with_deadline(root(), t);
    go_context *later = go_context_with_deadline(p, t + 1);
    go_context *sooner = go_context_with_deadline(p, t - 1);
    go_context *none = go_context_with_deadline(p, GO_FOREVER);
    go_context *below = go_context_with_cancel(sooner);
    CHECK_EQ(go_context_deadline(p), t);
    CHECK_EQ(go_context_deadline(later), t);
    CHECK_EQ(go_context_deadline(sooner), t - 1);
    CHECK_EQ(go_context_deadline(none), t);
    CHECK_EQ(go_context_deadline(below), t - 1);
    go_context *far = go_context_with_timeout(root(), GO_FOREVER - 1);
    CHECK_EQ(go_context_deadline(far), GO_FOREVER);
    go_context *all[] = { p, later, sooner, none, below, far };
    for (unsigned i = 0; i < sizeof all / sizeof *all; i++)
        go_context_drop(all[i]);
}

static void test_passed(void)
{
    const int64_t d[] = { 0, -1, INT64_MIN };
    for (int i = 0; i < 3; i++) {
        go_context *c = go_context_with_timeout_cause(root(), d[i], 5);
        CHECK(go_context_err(c) == -ETIMEDOUT && go_context_cause(c) == 5);
        CHECK_EQ(go_try_recv(go_context_done(c), NULL), -EPIPE);
        go_context_drop(c);
    }
    go_context *c = go_context_with_deadline_cause(root(), INT64_MIN, 0);
    CHECK(go_context_err(c) == -ETIMEDOUT && go_context_cause(c) == -ETIMEDOUT);
    go_context_drop(c);
}

/* Who waits for it wakes not earlier than the deadline, also below. */
static void test_passes(void)
{
    int64_t t = go_now() + 5 * GO_MILLISECOND;
    go_context *p = go_context_with_deadline_cause(root(), t, 42);
    go_context *c = go_context_with_cancel(p), *late = go_context_with_timeout(c, GO_HOUR);
    CHECK(!go_recv(go_context_done(late), NULL));
    CHECK(go_now() >= t);
    go_context *all[] = { late, c, p };
    for (int i = 0; i < 3; i++) {
        CHECK(go_context_err(all[i]) == -ETIMEDOUT && go_context_cause(all[i]) == 42);
        go_context_cancel(all[i]);
        CHECK_EQ(go_context_err(all[i]), -ETIMEDOUT);
        go_context_drop(all[i]);
    }
}

static void test_cancelled_before(void)
{
    go_context *c = go_context_with_timeout_cause(root(), 20 * GO_MILLISECOND, 42);
    go_context_cancel_cause(c, 43);
    if (go_now() < go_context_deadline(c)) { /* else the machine stood still */
        CHECK(go_context_err(c) == -ECANCELED && go_context_cause(c) == 43);
        go_sleep_until(go_context_deadline(c) + GO_MILLISECOND);
        CHECK(go_context_err(c) == -ECANCELED && go_context_cause(c) == 43);
    }
    go_context_drop(c);
}

/* The child's deadline is its own affair. */
static void test_parent_goes_on(void)
{
    go_context *p = go_context_with_timeout(root(), GO_HOUR);
    go_context *c = go_context_with_timeout(p, GO_MILLISECOND);
    CHECK_EQ(go_sleep_ctx(GO_HOUR, c), -ETIMEDOUT);
    CHECK(go_context_err(c) == -ETIMEDOUT && go_context_err(p) == 0);
    go_context_drop(c);
    go_context_drop(p);
}

int main(void)
{
    test_earlier_wins();
    test_passed();
    test_passes();
    test_cancelled_before();
    test_parent_goes_on();
    return 0;
}
