/* SPDX-License-Identifier: MIT */
/* The operations on plain variables of every size, and on a pointer. */
#include <goroutine.h>
#include <stdio.h>

#define SHOW(name, T, start, d, mask)                                                              \
    do {                                                                                           \
        T v = 0;                                                                                   \
        go_atomic_store(&v, start);                                                                \
        T added = go_atomic_add(&v, d);                                                            \
        T old_and = go_atomic_and(&v, mask);                                                       \
        T old_or = go_atomic_or(&v, 5);                                                            \
        T swapped = go_atomic_swap(&v, 9);                                                         \
        bool miss = go_atomic_compare_and_swap(&v, 8, 1);                                          \
        bool hit = go_atomic_compare_and_swap(&v, 9, 2);                                           \
        printf("%s %lld %lld %lld %lld %s %s %lld\n", name, (long long)added, (long long)old_and,  \
               (long long)old_or, (long long)swapped, miss ? "true" : "false",                     \
               hit ? "true" : "false", (long long)go_atomic_load(&v));                             \
    } while (0)

int main(void)
{
    SHOW("int32", int32_t, -100, 1, 0xff);
    SHOW("int64", int64_t, INT64_C(1) << 33, -1, 0xff00);
    SHOW("uint32", uint32_t, 70000, 7, 0xffff);
    SHOW("uint64", uint64_t, UINT64_C(1) << 50, 3, 0xf);
    SHOW("uintptr", uintptr_t, 256, 16, 0x110);

    int a = 1, b = 2, *p = NULL;
    go_atomic_store(&p, &a);
    int *old = go_atomic_swap(&p, &b);
    bool miss = go_atomic_compare_and_swap(&p, &a, NULL);
    bool hit = go_atomic_compare_and_swap(&p, &b, &a);
    printf("pointer %d %s %s %d\n", *old, miss ? "true" : "false", hit ? "true" : "false",
           *go_atomic_load(&p));
}
