/* SPDX-License-Identifier: MIT */
/* Sizes that cannot be, holders, and what a nil channel says. */
#include "base/options.h"
#include "chan/chan.h"
#include "check.h"

#include <errno.h>
#include <goroutine.h>

static int make(size_t elem, int64_t cap)
{
    struct go_chan_ *c = NULL;
    int err = go_chan_try_make_(&c, elem, cap);
    CHECK((err == 0) == (c != NULL));
    go_chan_drop_(c);
    return err;
}

static void sizes(void)
{
    CHECK_EQ(make(1, -1), -EINVAL);
    CHECK_EQ(make(1, INT64_MIN), -EINVAL);
    CHECK_EQ(make(8, INT64_MAX), -EINVAL);
    CHECK_EQ(make(SIZE_MAX, 2), -EINVAL);
    CHECK_EQ(make(1, INT64_C(1) << 48), -EINVAL);
    CHECK_EQ(make(1, INT64_C(1) << 32), -EINVAL);
    CHECK_EQ(make(0, 0), 0);
    CHECK_EQ(make(0, INT64_MAX), 0);
    CHECK_EQ(make(1 << 20, 3), 0);
}

static void out_of_memory(void)
{
    int failed = 0;
    /* Whatever was counted before, one of the calls has that number. */
    for (int64_t n = 1; n <= 4096 && !failed; n++) {
        st_relaxed(&options.fail_at[FAIL_MALLOC], n);
        failed = make(8, 8) == -ENOMEM;
    }
    st_relaxed(&options.fail_at[FAIL_MALLOC], (int64_t)0);
    CHECK(failed);
    CHECK_EQ(make(8, 8), 0);
}

/* Elements without size are counted, beyond what a ring could index too. */
static void no_size(void)
{
    struct go_chan_ *c = go_chan_make_(0, INT64_C(1) << 40);
    CHECK_EQ(go_chan_cap_(c), (int64_t)1 << 40);
    for (int i = 0; i < 1000; i++)
        go_chan_send_(c, NULL);
    CHECK_EQ(go_chan_len_(c), 1000);
    chan_verify(c);
    go_chan_close_(c);
    int n = 0;
    while (go_chan_recv_(c, NULL))
        n++;
    CHECK_EQ(n, 1000);
    go_chan_drop_(c);
}

static void holders(void)
{
    struct go_chan_ *c = go_chan_make_(4, 1);
    CHECK_EQ(c->holders, 1);
    CHECK(go_chan_hold_(c) == c);
    CHECK(go_chan_hold_(c) == c);
    CHECK_EQ(c->holders, 3);
    go_chan_drop_(c);
    go_chan_drop_(c);
    CHECK_EQ(c->holders, 1);
    int v = 7;
    go_chan_send_(c, &v);
    chan_verify(c);
    go_chan_drop_(c); /* with a value in it */
}

static void nil(void)
{
    int v = 1;
    CHECK_EQ(go_chan_len_(NULL), 0);
    CHECK_EQ(go_chan_cap_(NULL), 0);
    CHECK(go_chan_hold_(NULL) == NULL);
    go_chan_drop_(NULL);
    CHECK_EQ(go_chan_try_send_(NULL, &v), -EAGAIN);
    CHECK_EQ(go_chan_try_recv_(NULL, &v), -EAGAIN);
    CHECK_EQ(go_chan_send_until_(NULL, &v, go_now() - 1), -ETIMEDOUT);
    int64_t then = go_now() + 2 * GO_MILLISECOND;
    CHECK_EQ(go_chan_recv_until_(NULL, &v, then), -ETIMEDOUT);
    CHECK(go_now() >= then);
    CHECK_EQ(v, 1);
}

int main(void)
{
    sizes();
    out_of_memory();
    no_size();
    holders();
    nil();
}
