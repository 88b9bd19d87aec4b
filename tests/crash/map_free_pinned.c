/* SPDX-License-Identifier: MIT */
/* Freeing a map that somebody has pinned: what he may look at would be gone. */
#include <goroutine.h>
#include <stdio.h>

int main(void)
{
    go_map m = { 0 };
    if (go_map_store(&m, GO_MAP_KEY(1), &m))
        return 1;
    go_with_map(&m) go_map_free(&m);
    fprintf(stderr, "went on\n");
}
