/* SPDX-License-Identifier: MIT */
/* The initialisers and macros of once.h, pool.h and sema.h. */
#include <goroutine.h>
#include <stdlib.h>
#include <string.h>

struct size {
    double width, height;
};

static go_sema sema = GO_SEMA_INIT(3);
static go_sema several[] = { GO_SEMA_INIT(1), GO_SEMA_INIT(INT64_C(1) << 40) };
static go_once once;
static go_once_value(int) number;
static go_once_value(struct size) size;
static go_once_value(const char *) text;
static go_once_func func;

static void *make(void *arg)
{
    (void)arg;
    return malloc(16);
}

static go_pool pool = { .make = make, .destroy = free };

static int add(int a, int b)
{
    return a + b;
}

static struct size measure(void)
{
    return (struct size){ 1.5, 2.5 };
}

static const char *find(const char *s, int c)
{
    return strchr(s, c);
}

static void count(void *n)
{
    ++*(int *)n;
}

static int get_number(void)
{
    return go_once_get(&number, add, 1, go_once_get(&size, measure).width > 1 ? 2 : 3);
}

int main(void)
{
    go_sema local = GO_SEMA_INIT(4);
    int n = 0;
    go_sema_acquire(&sema, 3);
    go_sema_release(&sema, 3);
    go_sema_acquire(&local, 4);
    go_sema_acquire(&several[1], 1);
    void (*f)(go_once *, void (*)(void *), void *) = go_once_do;
    f(&once, count, &n);
    go_once_do(&once, count, &n);
    if (n == 1)
        go_once_call(&func, count, &n);
    else
        return 1;
    go_pool_put(&pool, go_pool_get(&pool));
    go_pool_end(&pool);
    return get_number() != 3 || n != 2 || *go_once_get(&text, find, "abc", 'b') != 'b';
}
