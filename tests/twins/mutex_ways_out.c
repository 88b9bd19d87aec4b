/* SPDX-License-Identifier: MIT */
/* A lock held for a block is given back on every way out of it: the end, break,
 * continue, return, goto. */
#include <goroutine.h>
#include <stdio.h>

static go_mutex mu;
static int count;

static const char *state(void)
{
    if (!go_mutex_try_lock(&mu))
        return "held";
    go_mutex_unlock(&mu);
    return "free";
}

static int by_return(void)
{
    go_with_lock (&mu) {
        printf("inside: %s\n", state());
        return ++count;
    }
    return -1;
}

static int by_goto(int v)
{
    go_with_lock (&mu) {
        if (v < 0)
            goto negative;
        count += v;
    }
    return count;
negative:
    printf("refused: %s\n", state());
    return -1;
}

int main(void)
{
    printf("%d: %s\n", by_return(), state());
    printf("%d\n", by_goto(5));
    printf("%d\n", by_goto(-5));
    for (int i = 0; i < 4; i++) {
        bool odd = false;
        go_with_lock (&mu) {
            odd = i % 2;
            if (odd)
                break;
            count += 10;
        }
        if (odd)
            continue;
        printf("round %d: %s, count %d\n", i, state(), count);
    }
    printf("at the end: %s\n", state());
}
