/* SPDX-License-Identifier: MIT */
/* What each operation on a signed atomic returns and leaves, up to the wrap. */
#include <goroutine.h>
#include <stdio.h>

static const char *yes_no(bool b)
{
    return b ? "true" : "false";
}

static void small(void)
{
    go_int32 v = { 0 };
    printf("int32 %d\n", go_int32_load(&v));
    go_int32_store(&v, 12);
    printf("add %d\n", go_int32_add(&v, -5));
    printf("swap %d\n", go_int32_swap(&v, 100));
    printf("cas %s\n", yes_no(go_int32_compare_and_swap(&v, 7, 8)));
    printf("cas %s\n", yes_no(go_int32_compare_and_swap(&v, 100, 0x5f)));
    printf("and %d\n", go_int32_and(&v, 0x3c));
    printf("or %d\n", go_int32_or(&v, 0x103));
    printf("now %d\n", go_int32_load(&v));
    go_int32_store(&v, INT32_MAX);
    printf("wrapped %d\n", go_int32_add(&v, 1));
}

static void large(void)
{
    go_int64 v = { 0 };
    printf("int64 %lld\n", (long long)go_int64_load(&v));
    go_int64_store(&v, INT64_C(1) << 40);
    printf("add %lld\n", (long long)go_int64_add(&v, -1));
    printf("swap %lld\n", (long long)go_int64_swap(&v, -3));
    printf("cas %s\n", yes_no(go_int64_compare_and_swap(&v, 3, 0)));
    printf("cas %s\n", yes_no(go_int64_compare_and_swap(&v, -3, INT64_MIN)));
    printf("and %lld\n", (long long)go_int64_and(&v, -1));
    printf("or %lld\n", (long long)go_int64_or(&v, 0xff));
    printf("now %lld\n", (long long)go_int64_load(&v));
    go_int64_store(&v, INT64_MIN);
    printf("wrapped %lld\n", (long long)go_int64_add(&v, -1));
}

int main(void)
{
    small();
    large();
}
