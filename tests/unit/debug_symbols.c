/* SPDX-License-Identifier: MIT */
/* Names and source lines of code addresses: static functions, functions of
 * shared objects, inlined ones, and addresses that are nobody's. */
#include "check.h"
#include "debug/symbols.h"

#include <string.h>
#include <unistd.h>

static volatile int sink;

static __attribute__((noinline)) int static_function(int n)
{
    sink += n;
    return sink;
}

__attribute__((noinline)) int global_function(int n);
__attribute__((noinline)) int global_function(int n)
{
    sink -= n;
    return sink;
}

static inline __attribute__((always_inline)) uintptr_t inlined_function(void)
{
    sink++;
    uintptr_t here = 0;
#if defined(__x86_64__)
    __asm__ volatile("leaq 0(%%rip), %0" : "=r"(here));
#elif defined(__aarch64__)
    __asm__ volatile("adr %0, ." : "=r"(here));
#endif
    sink++;
    return here;
}

static __attribute__((noinline)) uintptr_t around_inlined(void)
{
    return inlined_function();
}

static bool in_path(const char *tool)
{
    const char *dirs[] = { "/usr/local/bin/", "/usr/bin/", "/bin/" };
    char path[64];
    for (int i = 0; i < 3; i++)
        if (access(strcat(strcpy(path, dirs[i]), tool), X_OK) == 0)
            return true;
    return false;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void test_names(void)
{
    struct symbols s;
    uintptr_t in_static = (uintptr_t)static_function, in_libc = (uintptr_t)getppid;
    symbols_init(&s, false);
    symbols_want(&s, in_static + 1);
    symbols_want(&s, (uintptr_t)global_function);
    symbols_want(&s, in_libc);
    symbols_want(&s, (uintptr_t)&sink);
    symbols_want(&s, 16);
    symbols_resolve(&s);

    const struct place *p = symbols_find(&s, in_static + 1);
    CHECK(p && p->name && strncmp(p->name, "static_function", 15) == 0);
    CHECK_EQ(p->start, in_static);
    CHECK(p->obj && p->obj->program && !p->lines);
    CHECK(strstr(base_name(p->obj->path), "debug_symbols"));
    p = symbols_find(&s, (uintptr_t)global_function);
    CHECK(p && p->name && strcmp(p->name, "global_function") == 0);
    p = symbols_find(&s, in_libc);
    CHECK(p && p->name && strstr(p->name, "getppid"));
    CHECK(symbols_find(&s, (uintptr_t)&sink)->name == NULL);
    CHECK(symbols_find(&s, 16)->obj == NULL);
    CHECK(symbols_find(&s, 17) == NULL);
    symbols_free(&s);
}

/* Wanting more after resolving, and more than the first table holds. */
static void test_growth(void)
{
    struct symbols s;
    symbols_init(&s, false);
    CHECK(symbols_find(&s, 1) == NULL);
    for (uintptr_t round = 1; round <= 3; round++) {
        for (uintptr_t i = 0; i < round * 1000; i++)
            symbols_want(&s, (uintptr_t)static_function + i);
        symbols_resolve(&s);
        CHECK_EQ(s.n, round * 1000);
    }
    const struct place *p = symbols_find(&s, (uintptr_t)static_function);
    CHECK(p && p->name && strncmp(p->name, "static_function", 15) == 0);
    symbols_free(&s);
    CHECK(s.mem.chunks == NULL);
}

static const struct line *find_line(const struct line *l, const char *func)
{
    while (l && !(l->func && strstr(l->func, func)))
        l = l->outer;
    return l;
}

static void test_lines(void)
{
    struct symbols s;
    uintptr_t inside = around_inlined();
    symbols_init(&s, true);
    symbols_want(&s, (uintptr_t)static_function);
    symbols_want(&s, inside);
    symbols_resolve(&s);

    const struct place *p = symbols_find(&s, (uintptr_t)static_function);
    CHECK(p && p->lines && p->lines->file && p->lines->func);
    CHECK(strcmp(base_name(p->lines->file), "debug_symbols.c") == 0);
    CHECK(strcmp(p->lines->func, "static_function") == 0);
    CHECK(p->lines->number >= 12 && p->lines->number <= 15);
    CHECK(p->lines->outer == NULL);

    p = symbols_find(&s, inside);
    CHECK(p && p->name && strncmp(p->name, "around_inlined", 14) == 0);
    const struct line *inner = find_line(p->lines, "inlined_function");
    CHECK(inner && inner->number >= 26 && inner->number <= 36);
    CHECK(find_line(inner->outer, "around_inlined"));
    symbols_free(&s);
}

int main(void)
{
    CHECK_EQ(static_function(1), 1);
    CHECK_EQ(global_function(1), 0);
    test_names();
    test_growth();
    if (in_path("addr2line") || in_path("llvm-symbolizer"))
        test_lines();
    else
        puts("no addr2line and no llvm-symbolizer: lines are not tested");
}
