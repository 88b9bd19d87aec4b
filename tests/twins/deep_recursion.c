/* SPDX-License-Identifier: MIT */
/* A goroutine that recurses deep.  Every frame points to the one before it; the
 * deepest walks all the way back. */
#include <goroutine.h>
#include <stdio.h>

struct frame {
    int64_t value;
    const struct frame *outer;
};

static int64_t walk(const struct frame *f)
{
    int64_t sum = 0;
    for (; f; f = f->outer)
        sum += f->value;
    return sum;
}

static int64_t dive(int depth, const struct frame *outer)
{
    struct frame here = { depth, outer };
    if (depth == 0)
        return walk(&here);
    return dive(depth - 1, &here) + here.value % 2;
}

static void diver(int depth, go_chan(int64_t) out)
{
    go_send(out, dive(depth, NULL));
}

int main(void)
{
    static const int depths[] = { 0, 10, 1000, 100000 };
    go_chan(int64_t) out = go_make(int64_t, 0);
    for (size_t i = 0; i < sizeof depths / sizeof *depths; i++) {
        int64_t result;
        /* A stack reserves address space; memory only as deep as it is used. */
        go_with(go_attr(.name = "diver", .stack = 64 << 20), diver, depths[i], out);
        go_recv(out, &result);
        printf("depth %d result %lld\n", depths[i], (long long)result);
    }
    go_drop(out);
}
