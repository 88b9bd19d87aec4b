/* SPDX-License-Identifier: MIT */
/* Traces: of the running code, of a context that was left, deep recursion with
 * its middle left out, and reading a stack that is gone. */
#include "arch/context.h"
#include "check.h"
#include "debug/backtrace.h"
#include "debug/crash.h"

#include <goroutine.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static volatile int sink;
static struct trace trace;

static __attribute__((noinline)) int recurse(int n)
{
    if (n > 0)
        return recurse(n - 1) + sink++;
    trace_here(&trace, 0);
    return sink;
}

static __attribute__((noinline)) int bottom(int n)
{
    int r = recurse(n);
    sink++;
    return r;
}

static const char *name_at(const struct symbols *s, uint32_t i)
{
    const struct place *p = symbols_find(s, frame_addr(trace.f[i]));
    return p && p->name ? p->name : "";
}

static bool is(const struct symbols *s, uint32_t i, const char *name)
{
    return strncmp(name_at(s, i), name, strlen(name)) == 0;
}

static uint32_t count(const struct symbols *s, const char *name)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < trace.n; i++)
        n += is(s, i, name);
    return n;
}

static void resolve(struct symbols *s)
{
    symbols_init(s, false);
    trace_want(s, trace.f, trace.n);
    symbols_resolve(s);
}

static void test_shallow(void)
{
    struct symbols s;
    bottom(3);
    CHECK_EQ(trace.elided, 0);
    resolve(&s);
    for (uint32_t i = 0; i < 4; i++)
        CHECK(is(&s, i, "recurse"));
    CHECK(is(&s, 4, "bottom"));
    CHECK_EQ(count(&s, "main"), 1);
    symbols_free(&s);
}

/* Every frame is either shown or counted, and the outer ones are the outermost,
 * in their order. */
static void test_deep(void)
{
    struct symbols s;
    bottom(0);
    uint64_t shallow = trace.n;
    for (int depth = 90; depth <= 300; depth++) {
        bottom(depth);
        CHECK_EQ(trace.n + trace.elided, shallow + (uint64_t)depth);
        CHECK_EQ(trace.n, trace.elided ? TRACE_MAX : shallow + (uint64_t)depth);
    }
    resolve(&s);
    for (uint32_t i = 0; i < TRACE_INNER; i++)
        CHECK(is(&s, i, "recurse"));
    uint32_t at = TRACE_INNER;
    while (at < trace.n && is(&s, at, "recurse"))
        at++;
    CHECK_EQ(at, TRACE_MAX - (shallow - 1));
    CHECK(is(&s, at, "bottom"));
    CHECK_EQ(count(&s, "main"), 1);
    symbols_free(&s);
}

static void touch(void *at)
{
    sink = *(volatile char *)at;
}

static void touch_twice(void *at)
{
    CHECK(!guarded(touch, at));
    touch((void *)(uintptr_t)&sink);
    touch(at);
}

/* In the middle of recurse(), on a stack that is gone. */
static void context_in_ruins(void *at)
{
    struct context ctx = { .sp = at, .bp = at };
    bottom(1);
    ctx.pc = (void *)frame_pc(trace.f[1]);
    trace_context(&trace, &ctx);
}

/* A frame that was called from itself. */
static void context_in_circles(void *at)
{
    void *stack[64];
    struct context ctx = { .sp = stack, .pc = (void *)(uintptr_t)recurse, .bp = stack };
    (void)at;
    for (int i = 0; i < 64; i++)
        stack[i] = (void *)(uintptr_t)recurse;
    trace_context(&trace, &ctx);
}

static void test_ruins(void)
{
    go_yield(); /* the handlers are in place */
    void *gone = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(gone != MAP_FAILED);
    CHECK(guarded(touch, (void *)(uintptr_t)&sink));
    CHECK(!guarded(touch, gone));
    CHECK(!guarded(touch_twice, gone));
    CHECK(!guarded(context_in_ruins, gone));
    guarded(context_in_circles, NULL); /* ends, one way or the other */
    test_shallow();                    /* the unwinder still works */
}

/* valgrind reports the faults that are wanted here, as errors. */
static bool under_valgrind(void)
{
    const char *preload = getenv("LD_PRELOAD");
    return preload && strstr(preload, "vgpreload");
}

int main(void)
{
    test_shallow();
    test_deep();
    if (!under_valgrind())
        test_ruins();
}
