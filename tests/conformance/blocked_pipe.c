/* SPDX-License-Identifier: MIT */
/* Rule D5: a blocking read on a pipe waits alone; the goroutine that writes the
 * answer runs on the very P the reader sat on.
 * test: serial */
#include "support.h"

#include <goroutine.h>

static int to_child[2], to_parent[2];

static void server(void)
{
    char c;
    while (read(to_child[0], &c, 1) == 1)
        CHECK_EQ(write(to_parent[1], &c, 1), 1);
    close(to_parent[1]);
}

int main(void)
{
    int64_t start = clock_ns();
    int n = test_scale(200, 20);
    go_maxprocs(1);
    CHECK_EQ(pipe(to_child), 0);
    CHECK_EQ(pipe(to_parent), 0);
    go(server);
    char c;
    for (int i = 0; i < n; i++) {
        char want = (char)i;
        CHECK_EQ(write(to_child[1], &want, 1), 1);
        CHECK_EQ(read(to_parent[0], &c, 1), 1);
        CHECK_EQ(c, want);
        if (i % 10 == 0)
            go_sleep(GO_MILLISECOND);
    }
    close(to_child[1]);
    CHECK_EQ(read(to_parent[0], &c, 1), 0);
    CHECK(clock_ns() - start < test_scale(8, 30) * GO_SECOND);
}
