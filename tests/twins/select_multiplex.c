/* SPDX-License-Identifier: MIT */
/* Six sources of different types in one select; each is switched off by a nil
 * channel when it has ended. */
#include <goroutine.h>
#include <stdio.h>

#define SOURCE(name, T)                                                                            \
    static void name(go_chan(T) out, T first, int n)                                               \
    {                                                                                              \
        for (int i = 0; i < n; i++)                                                                \
            go_send(out, (T)(first + (T)i));                                                       \
        go_close(out);                                                                             \
    }
SOURCE(bytes, uint8_t)
SOURCE(shorts, int16_t)
SOURCE(ints, int)
SOURCE(longs, int64_t)
SOURCE(doubles, double)

static void texts(go_chan(const char *) out, const char *s)
{
    for (; *s; s++)
        go_send(out, s);
    go_close(out);
}

int main(void)
{
    go_chan(uint8_t) b = go_make(uint8_t, 0);
    go_chan(int16_t) s = go_make(int16_t, 1);
    go_chan(int) i = go_make(int, 0);
    go_chan(int64_t) l = go_make(int64_t, 3);
    go_chan(double) d = go_make(double, 0);
    go_chan(const char *) t = go_make(const char *, 0);
    go(bytes, b, 250, 10);
    go(shorts, s, -5, 5);
    go(ints, i, 100, 20);
    go(longs, l, INT64_C(1) << 40, 3);
    go(doubles, d, 0.5, 4);
    go(texts, t, "abcdef");

    uint8_t vb;
    int16_t vs;
    int vi;
    int64_t vl;
    double vd;
    const char *vt;
    double sums[5] = { 0 };
    int letters = 0, open = 6;
#define ADD(c, sum, v) go_selected_ok() ? (sum += (v)) : (go_drop(c), c = NULL, open--)
    while (open > 0) {
        switch (go_select(go_on_recv(b, &vb), go_on_recv(s, &vs), go_on_recv(i, &vi),
                          go_on_recv(l, &vl), go_on_recv(d, &vd), go_on_recv(t, &vt))) {
        case 0:
            ADD(b, sums[0], vb);
            break;
        case 1:
            ADD(s, sums[1], vs);
            break;
        case 2:
            ADD(i, sums[2], vi);
            break;
        case 3:
            ADD(l, sums[3], (double)vl);
            break;
        case 4:
            ADD(d, sums[4], vd);
            break;
        case 5:
            ADD(t, letters, *vt);
            break;
        }
    }
    printf("%.1f %.1f %.1f %.1f %.1f %d\n", sums[0], sums[1], sums[2], sums[3], sums[4], letters);
}
