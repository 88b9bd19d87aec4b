/* SPDX-License-Identifier: MIT */
/* singleflight - a hundred ask for the same page at once; it is loaded once.  Those who
 * cannot wait so long leave, and the load goes on. */
#include <errno.h>
#include <goroutine.h>
#include <stdio.h>

static go_singleflight pages;
static int32_t came, loads, served, impatient;

static int load(void *name, void **value)
{
    static char text[64];
    go_atomic_add(&loads, 1);
    while (go_atomic_load(&came) < 100)
        go_yield();
    go_sleep(20 * GO_MILLISECOND);
    snprintf(text, sizeof text, "the text of %s", (char *)name);
    *value = text;
    return 0;
}

static void visit(char *name, int64_t patience)
{
    go_flight page;
    go_context *ctx = go_context_with_timeout(go_context_background(), patience);
    go_atomic_add(&came, 1);
    int err = go_singleflight_do_ctx(&pages, name, load, name, &page, ctx);
    if (err == 0 && page.value && page.shared)
        go_atomic_add(&served, 1);
    if (err == -ETIMEDOUT)
        go_atomic_add(&impatient, 1);
    go_context_drop(ctx);
}

int main(void)
{
    static char name[] = "index";
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 100; i++)
        go_waitgroup_go(&wg, visit, name, i % 10 ? GO_MINUTE : GO_MILLISECOND);
    go_waitgroup_wait(&wg);
    printf("%d loads, %d served, %d left early\n", loads, served, impatient);
    return !loads || !served || !impatient;
}
