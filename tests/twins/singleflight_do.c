/* SPDX-License-Identifier: MIT */
/* Ten ask for one thing and five for another: each is fetched once.  Who a stall keeps
 * from asking until the first have what they want fetches again. */
#include <goroutine.h>
#include <stdio.h>
#include <string.h>

static go_singleflight flights;
static go_chan(int) fetched;
static int32_t asked, closing, calls, late, same, shared;

static int fetch(void *name, void **value)
{
    go_atomic_add(go_atomic_load(&closing) ? &late : &calls, 1);
    go_recv(fetched, NULL);
    *value = strcmp(name, "x") == 0 ? "value of x" : "value of y";
    return 0;
}

static void ask(char *name, const char *want)
{
    go_atomic_add(&asked, 1);
    go_flight f = go_singleflight_do(&flights, name, fetch, name);
    go_atomic_add(&same, strcmp(f.value, want) == 0);
    go_atomic_add(&shared, f.shared);
}

static int fail(void *arg, void **value)
{
    (void)value;
    return *(int *)arg;
}

int main(void)
{
    go_waitgroup wg = { 0 };
    fetched = go_make(int, 0);
    for (int i = 0; i < 10; i++)
        go_waitgroup_go(&wg, ask, "x", "value of x");
    for (int i = 0; i < 5; i++)
        go_waitgroup_go(&wg, ask, "y", "value of y");
    while (go_atomic_load(&asked) < 15)
        go_yield();
    go_sleep(5 * GO_MILLISECOND); /* as good as all wait */
    go_atomic_store(&closing, 1);
    go_close(fetched);
    go_waitgroup_wait(&wg);
    int unshared = 15 - shared;
    if (unshared <= late)
        shared = 15;
    printf("calls %d, same %d, shared %d\n", calls, same, shared);

    for (int code = 0; code < 3; code++) {
        go_flight f = go_singleflight_do(&flights, "z", fail, &code);
        printf("alone: error %d, shared %s\n", f.err, f.shared ? "true" : "false");
    }
    go_drop(fetched);
}
