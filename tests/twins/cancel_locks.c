/* SPDX-License-Identifier: MIT */
/* Waits for locks, for a group and for an announcement that end with a context. */
#include <goroutine.h>
#include <stdio.h>

static void show(const char *what, int err)
{
    printf("%s: %s\n", what, err ? go_context_error_text(err) : "done");
}

static void locks(go_context *ctx)
{
    go_mutex m = { 0 };
    go_rwmutex rw = { 0 };
    show("mutex, free", go_mutex_lock_ctx(&m, ctx));
    show("mutex, held", go_mutex_lock_ctx(&m, ctx));
    show("reader, free", go_rwmutex_rlock_ctx(&rw, ctx));
    show("reader, beside another", go_rwmutex_rlock_ctx(&rw, ctx));
    show("writer, readers there", go_rwmutex_lock_ctx(&rw, ctx));
    go_rwmutex_runlock(&rw);
    go_rwmutex_runlock(&rw);
    show("writer, free", go_rwmutex_lock_ctx(&rw, ctx));
    show("reader, writer there", go_rwmutex_rlock_ctx(&rw, ctx));
}

static void sleeper(go_chan(char) gate)
{
    go_recv(gate, NULL);
}

static void groups(go_context *ctx)
{
    go_chan(char) gate = go_make(char, 0);
    go_waitgroup wg = { 0 };
    show("group, empty", go_waitgroup_wait_ctx(&wg, NULL));
    go_waitgroup_go(&wg, sleeper, gate);
    show("group, one there", go_waitgroup_wait_ctx(&wg, ctx));
    go_close(gate);
    show("group, over", go_waitgroup_wait_ctx(&wg, NULL));
    go_drop(gate);
}

struct stock {
    go_mutex mu;
    go_cond more;
    int n; /* mu */
};

static int take(struct stock *s, go_context *ctx)
{
    int err = 0;
    go_with_lock (&s->mu) {
        while (s->n == 0 && err == 0)
            err = go_cond_wait_ctx(&s->more, &s->mu, ctx);
        if (s->n > 0)
            s->n--;
    }
    return err;
}

static void deliver(struct stock *s)
{
    go_with_lock (&s->mu) {
        s->n++;
        go_cond_broadcast(&s->more);
    }
}

int main(void)
{
    go_context *late = go_context_with_timeout(go_context_background(), 2 * GO_MILLISECOND);
    locks(late);
    groups(late);
    struct stock s = { 0 };
    go(deliver, &s);
    show("stock, delivered", take(&s, go_context_background()));
    show("stock, none left", take(&s, late));
    go_context *gone = go_context_with_cancel(go_context_background());
    go_context_cancel(gone);
    show("stock, cancelled", take(&s, gone));
    deliver(&s);
    show("stock, there at once", take(&s, gone));
    go_context_drop(gone);
    go_context_drop(late);
}
