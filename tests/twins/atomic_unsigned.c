/* SPDX-License-Identifier: MIT */
/* What each operation on an unsigned atomic returns and leaves, up to the wrap. */
#include <goroutine.h>
#include <stdio.h>

static const char *yes_no(bool b)
{
    return b ? "true" : "false";
}

static void word(void)
{
    go_uint32 v = { 0 };
    go_uint32_store(&v, 0xf0f0f0f0);
    printf("uint32 add %u\n", (unsigned)go_uint32_add(&v, (uint32_t)-1));
    printf("swap %u\n", (unsigned)go_uint32_swap(&v, 6));
    printf("cas %s\n", yes_no(go_uint32_compare_and_swap(&v, 5, 1)));
    printf("cas %s\n", yes_no(go_uint32_compare_and_swap(&v, 6, 0xff)));
    printf("and %u\n", (unsigned)go_uint32_and(&v, 0x0ff0));
    printf("or %u\n", (unsigned)go_uint32_or(&v, 1));
    printf("wrapped %u\n", (unsigned)go_uint32_add(&v, UINT32_MAX - 5));
    printf("now %u\n", (unsigned)go_uint32_load(&v));
}

static void two_words(void)
{
    go_uint64 v = { 0 };
    go_uint64_store(&v, UINT64_C(0xf0f0f0f0f0f0f0f0));
    printf("uint64 add %llu\n", (unsigned long long)go_uint64_add(&v, (uint64_t)-1));
    printf("swap %llu\n", (unsigned long long)go_uint64_swap(&v, 6));
    printf("cas %s\n", yes_no(go_uint64_compare_and_swap(&v, 5, 1)));
    printf("cas %s\n", yes_no(go_uint64_compare_and_swap(&v, 6, UINT64_C(1) << 63)));
    printf("and %llu\n", (unsigned long long)go_uint64_and(&v, UINT64_MAX));
    printf("or %llu\n", (unsigned long long)go_uint64_or(&v, 1));
    printf("wrapped %llu\n", (unsigned long long)go_uint64_add(&v, UINT64_C(1) << 63));
    printf("now %llu\n", (unsigned long long)go_uint64_load(&v));
}

static void pointer_sized(void)
{
    go_uintptr v = { 0 };
    go_uintptr_store(&v, 4096);
    printf("uintptr add %zu\n", (size_t)go_uintptr_add(&v, 16));
    printf("swap %zu\n", (size_t)go_uintptr_swap(&v, 0x1234));
    printf("cas %s\n", yes_no(go_uintptr_compare_and_swap(&v, 0, 1)));
    printf("cas %s\n", yes_no(go_uintptr_compare_and_swap(&v, 0x1234, 0x4321)));
    printf("and %zu\n", (size_t)go_uintptr_and(&v, 0xff00));
    printf("or %zu\n", (size_t)go_uintptr_or(&v, 0x21));
    printf("now %zu\n", (size_t)go_uintptr_load(&v));
}

int main(void)
{
    word();
    two_words();
    pointer_sized();
}
