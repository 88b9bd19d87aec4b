/* SPDX-License-Identifier: MIT */
/* go_with_lock: the mutex is held in the block and free after it, whichever way
 * the block is left. */
#include "check.h"

#include <goroutine.h>

static go_mutex m, other;

static void expect_free(void)
{
    CHECK(go_mutex_try_lock(&m));
    go_mutex_unlock(&m);
}

static int leave_by_return(int v)
{
    go_with_lock (&m) {
        CHECK(!go_mutex_try_lock(&m));
        if (v > 0)
            return v;
    }
    return 0;
}

static int leave_by_goto(void)
{
    go_with_lock (&m) {
        goto out;
    }
    return 0;
out:
    return 1;
}

int main(void)
{
    int runs = 0;
    go_with_lock (&m) {
        CHECK(!go_mutex_try_lock(&m));
        runs++;
    }
    CHECK_EQ(runs, 1);
    expect_free();

    go_with_lock (&m) {
        if (runs == 1)
            break;
        runs = 100;
    }
    CHECK_EQ(runs, 1);
    expect_free();

    CHECK_EQ(leave_by_return(5), 5);
    expect_free();
    CHECK_EQ(leave_by_return(0), 0);
    expect_free();
    CHECK_EQ(leave_by_goto(), 1);
    expect_free();

    go_with_lock (&m)
        go_with_lock (&other)
            CHECK(!go_mutex_try_lock(&other));
    expect_free();
    CHECK(go_mutex_try_lock(&other));
    go_mutex_unlock(&other);
}
