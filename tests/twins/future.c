/* SPDX-License-Identifier: MIT */
/* Start computations now, ask for the results when they are needed. */
#include <goroutine.h>
#include <stdio.h>

/* A future delivers one value; its buffer lets the computation end early. */
typedef go_chan(uint64_t) future;

/* power has its own hold on f, as it may end before or after who asks. */
static void power(uint64_t base, uint64_t exponent, uint64_t modulus, future f)
{
    uint64_t result = 1;
    for (; exponent > 0; exponent /= 2) {
        if (exponent % 2 == 1)
            result = result * base % modulus;
        base = base * base % modulus;
    }
    go_send(f, result);
    go_drop(f);
}

static future power_later(uint64_t base, uint64_t exponent, uint64_t modulus)
{
    future f = go_make(uint64_t, 1);
    go(power, base, exponent, modulus, go_hold(f));
    return f;
}

static unsigned long long result(future f)
{
    uint64_t v;
    go_recv(f, &v);
    go_drop(f);
    return v;
}

int main(void)
{
    future a = power_later(2, 1000000, 1000003);
    future b = power_later(3, 123456789, 998244353);
    future c = power_later(5, UINT64_C(1) << 40, 1000000007);

    printf("c %llu\n", result(c));
    printf("b %llu\n", result(b));
    printf("a %llu\n", result(a));
}
