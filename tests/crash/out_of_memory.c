/* SPDX-License-Identifier: MIT */
/* Go: a channel larger than the memory there is. */
#include <goroutine.h>
#include <stdlib.h>

struct page {
    char c[4096];
};

int main(void)
{
    if (getenv("GO_TEST_SLOW"))
        return 77; /* a sanitizer's allocator has its own last word */
    go_chan(struct page) c = go_make(struct page, INT64_C(1) << 31);
    go_drop(c);
    return 0;
}
