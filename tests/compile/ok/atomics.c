/* SPDX-License-Identifier: MIT */
/* Every atomic type and operation, and what each returns. */
#include "../../check.h"

#include <goroutine.h>

struct config {
    int a;
};
enum color { RED, GREEN };

extern go_ptr(struct config) shared;
go_ptr(struct config) shared;
static go_ptr(const char) name;
static go_int64 total;
static long plain;
static int evaluated;

static int *once(int *p)
{
    evaluated++;
    return p;
}

#define INTEGERS(type, c_type)                                                                     \
    do {                                                                                           \
        type x = {0};                                                                              \
        type##_store(&x, 12);                                                                      \
        CHECK_EQ(type##_add(&x, 3), 15);                                                           \
        CHECK_EQ(type##_and(&x, 6), 15);                                                           \
        CHECK_EQ(type##_or(&x, 1), 6);                                                             \
        CHECK_EQ(type##_swap(&x, 20), 7);                                                          \
        CHECK(!type##_compare_and_swap(&x, 21, 1) && type##_compare_and_swap(&x, 20, 1));          \
        const type *seen = &x;                                                                     \
        c_type v = type##_load(seen);                                                              \
        CHECK_EQ(v, 1);                                                                            \
        CHECK(type##_add(&x, (c_type)-2) == (c_type)-1);                                           \
    } while (0)

static void types(void)
{
    INTEGERS(go_int32, int32_t);
    INTEGERS(go_int64, int64_t);
    INTEGERS(go_uint32, uint32_t);
    INTEGERS(go_uint64, uint64_t);
    INTEGERS(go_uintptr, uintptr_t);
    go_bool b = {0};
    CHECK(!go_bool_load(&b) && !go_bool_swap(&b, true));
    CHECK(go_bool_compare_and_swap(&b, true, false) && !go_bool_compare_and_swap(&b, true, false));
    go_bool_store(&b, true);
    CHECK(go_bool_load(&b));

    struct config one = {1}, two = {2}, *was;
    CHECK(go_ptr_load(&shared) == NULL);
    go_ptr_store(&shared, &one);
    was = go_ptr_swap(&shared, &two);
    CHECK(was == &one && !go_ptr_compare_and_swap(&shared, &one, NULL));
    CHECK(go_ptr_compare_and_swap(&shared, &two, NULL) && go_ptr_load(&shared) == NULL);
    go_ptr_store(&name, "constant");
    CHECK(go_ptr_load(&name)[0] == 'c');
}

static void plain_objects(void)
{
    signed char c = 127;
    unsigned short s = 0;
    int n = 1, *p = &n;
    uint64_t u = 0xff;
    bool b = false;
    double d = 1.5;
    float f = 0;
    enum color e = RED;
    void *any = NULL;
    const volatile long seen = 5;

    CHECK_EQ(go_atomic_add(&c, 1), -128);
    CHECK_EQ(go_atomic_add(&s, (unsigned short)-1), 65535);
    CHECK_EQ(go_atomic_add(once(&n), 1), 2);
    CHECK_EQ(go_atomic_and(&u, 0x0f), 0xff);
    CHECK_EQ(go_atomic_or(&u, 0x10), 0x0f);
    CHECK_EQ(go_atomic_load(&u), 0x1f);
    CHECK_EQ(go_atomic_load(&seen), 5);
    CHECK_EQ(go_atomic_swap(once(&n), 9), 2);
    CHECK(go_atomic_compare_and_swap(once(&n), 9, 10) && go_atomic_load(once(&n)) == 10);
    CHECK_EQ(evaluated, 4);
    go_atomic_store(&b, true);
    CHECK(go_atomic_swap(&b, false) && !b);
    go_atomic_store(&d, 2);
    CHECK(go_atomic_load(&d) == 2 && go_atomic_compare_and_swap(&d, 2, 2.5) && d == 2.5);
    go_atomic_store(&f, 1);
    go_atomic_store(&e, GREEN);
    CHECK(f == 1 && go_atomic_load(&e) == GREEN);
    CHECK(go_atomic_swap(&p, NULL) == &n && p == NULL);
    go_atomic_store(&any, &n);
    CHECK(go_atomic_compare_and_swap(&any, &n, NULL) && !any);
}

static void adder(int times)
{
    while (times--) {
        go_int64_add(&total, 1);
        go_atomic_add(&plain, 1);
    }
}

int main(void)
{
    types();
    plain_objects();
    go_waitgroup wg = {0};
    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&wg, adder, 1000);
    go_waitgroup_wait(&wg);
    CHECK(go_int64_load(&total) == 8000 && go_atomic_load(&plain) == 8000);
    return 0;
}
