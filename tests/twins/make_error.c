/* SPDX-License-Identifier: MIT */
/* Making a channel with an error instead of an end, where the capacity cannot be. */
#include <goroutine.h>
#include <stdio.h>

struct sector {
    char bytes[512];
};

static void attempt(int64_t cap)
{
    go_chan(struct sector) c;
    if (go_try_make(&c, cap) != 0) {
        printf("%lld: no channel, nil %s\n", (long long)cap, c ? "false" : "true");
        return;
    }
    struct sector s = { "first" };
    if (cap > 0) {
        go_send(c, s);
        go_recv(c, &s);
    }
    printf("%lld: room for %zu, %s\n", (long long)cap, go_cap(c), s.bytes);
    go_drop(c);
}

int main(void)
{
    attempt(0);
    attempt(3);
    attempt(-1);
    attempt(INT64_MIN);
    attempt(INT64_C(1) << 60);
    attempt(1);
}
