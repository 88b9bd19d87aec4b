/* SPDX-License-Identifier: MIT */
/* Go: a channel whose buffer overflows a size panics; it is not cut down. */
#include <goroutine.h>

struct page {
    char c[4096];
};

int main(void)
{
    volatile int64_t capacity = INT64_MAX / 2;
    go_chan(struct page) c = go_make(struct page, capacity);
    go_drop(c);
    return 0;
}
