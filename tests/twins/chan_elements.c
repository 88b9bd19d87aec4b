/* SPDX-License-Identifier: MIT */
/* Channels of every kind of element give back what was put in. */
#include <goroutine.h>
#include <stdio.h>

struct pixel {
    uint8_t r, g, b;
};

struct board {
    int cells[2][3];
};

enum colour { RED, GREEN, BLUE };

static int twice(int n)
{
    return 2 * n;
}

/* through sends v through a channel of its type and receives it into *out. */
#define through(T, v, out)                                                                         \
    do {                                                                                           \
        go_chan(T) c = go_make(T, 1);                                                              \
        go_send(c, v);                                                                             \
        go_recv(c, out);                                                                           \
        go_drop(c);                                                                                \
    } while (0)

int main(void)
{
    bool b;
    through(bool, true, &b);
    printf("bool %s\n", b ? "true" : "false");
    int8_t i8;
    through(int8_t, INT8_MIN, &i8);
    int16_t i16;
    through(int16_t, INT16_MIN, &i16);
    int32_t i32;
    through(int32_t, INT32_MIN, &i32);
    int64_t i64;
    through(int64_t, INT64_MIN, &i64);
    printf("signed %d %d %d %lld\n", i8, i16, i32, (long long)i64);
    uint8_t u8;
    through(uint8_t, UINT8_MAX, &u8);
    uint16_t u16;
    through(uint16_t, UINT16_MAX, &u16);
    uint32_t u32;
    through(uint32_t, UINT32_MAX, &u32);
    uint64_t u64;
    through(uint64_t, UINT64_MAX, &u64);
    printf("unsigned %u %u %u %llu\n", u8, u16, u32, (unsigned long long)u64);
    float f;
    through(float, 0.5f, &f);
    double d;
    through(double, -1.25, &d);
    printf("floating %.3f %.3f\n", f, d);
    const char *s;
    through(const char *, "text", &s);
    printf("string %s\n", s);
    int target = 7, *p;
    through(int *, &target, &p);
    printf("pointer to the same: %s, %d\n", p == &target ? "true" : "false", *p);
    struct pixel px;
    through(struct pixel, ((struct pixel){ 1, 2, 3 }), &px);
    printf("struct %d %d %d\n", px.r, px.g, px.b);
    struct board bd;
    through(struct board, ((struct board){ { { 1, 2, 3 }, { 4, 5, 6 } } }), &bd);
    printf("array %d %d\n", bd.cells[0][2], bd.cells[1][0]);
    enum colour e;
    through(enum colour, BLUE, &e);
    printf("enumeration %d\n", e);
    int (*fn)(int);
    through(__typeof__(fn), twice, &fn);
    printf("function %d\n", fn(21));
}
