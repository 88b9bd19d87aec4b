/* SPDX-License-Identifier: MIT */
/* The channels of a select in the order in which they are locked: by address. */
#ifndef CHAN_SORT_H
#define CHAN_SORT_H

#include <stdbool.h>
#include <stdint.h>

struct go_chan_;

static inline void sift_down(struct go_chan_ **a, uint32_t i, uint32_t n)
{
    struct go_chan_ *x = a[i];
    for (uint32_t child; (child = 2 * i + 1) < n; i = child) {
        if (child + 1 < n && a[child] < a[child + 1])
            child++;
        if (x >= a[child])
            break;
        a[i] = a[child];
    }
    a[i] = x;
}

static inline void sort_many(struct go_chan_ **a, uint32_t n)
{
    for (uint32_t i = n / 2; i-- > 0;)
        sift_down(a, i, n);
    for (uint32_t end = n; end-- > 1;) {
        struct go_chan_ *last = a[end];
        a[end] = a[0];
        a[0] = last;
        sift_down(a, 0, end);
    }
}

static inline bool is_sorted(struct go_chan_ **a, uint32_t n)
{
    uint32_t i = 1;
    while (i < n && a[i - 1] <= a[i])
        i++;
    return i >= n;
}

static inline void sort_few(struct go_chan_ **a, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        struct go_chan_ *x = a[i];
        uint32_t j = i;
        for (; j > 0 && a[j - 1] > x; j--)
            a[j] = a[j - 1];
        a[j] = x;
    }
}

/* chan_sort - in place.  Channels that were made in a row are often in order. */
static inline void chan_sort(struct go_chan_ **a, uint32_t n)
{
    enum { FEW = 16 };
    if (n <= FEW)
        sort_few(a, n);
    else if (!is_sorted(a, n))
        sort_many(a, n);
}

#endif
