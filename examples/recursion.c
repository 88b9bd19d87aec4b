/* SPDX-License-Identifier: MIT */
/* recursion - deep stacks: some 200 KiB without a word, 60 MiB when asked for.
 *
 * A stack is a promise of address space; memory is used as it is touched. */
#include <goroutine.h>
#include <stdio.h>

static __attribute__((noinline)) long descend(long bytes)
{
    volatile char frame[4000];
    frame[0] = 1;
    return bytes <= 0 ? 0 : frame[0] + descend(bytes - (long)sizeof frame);
}

static void dive(const char *what, long bytes, go_chan(long) frames)
{
    long n = descend(bytes);
    printf("%s: %ld KiB deep in %ld frames\n", what, bytes >> 10, n);
    go_send(frames, n);
}

int main(void)
{
    go_chan(long) frames = go_make(long, 0);
    go(dive, "by default", 170L << 10, frames);
    go_recv(frames, NULL);
    go_with(go_attr(.name = "diver", .stack = 64 << 20), dive, "with an attribute", 55L << 20,
            frames);
    go_recv(frames, NULL);
    go_drop(frames);
}
