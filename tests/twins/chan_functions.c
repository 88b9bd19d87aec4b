/* SPDX-License-Identifier: MIT */
/* Functions as values: sent through a channel, run by a worker, one of them told
 * to the worker by another. */
#include <goroutine.h>
#include <stdio.h>

typedef int64_t (*operation)(int64_t);

static int64_t increment(int64_t x)
{
    return x + 1;
}

static int64_t square(int64_t x)
{
    return x * x;
}

static int64_t negate(int64_t x)
{
    return -x;
}

static void machine(go_chan(operation) program, go_chan(int64_t) results)
{
    int64_t x = 1;
    go_range (f, program) {
        x = f(x);
        go_send(results, x);
    }
    go_close(results);
}

static void load(go_chan(operation) program)
{
    static const operation code[] = { increment, square, increment, negate, square, increment };
    for (size_t i = 0; i < sizeof(code) / sizeof(code[0]); i++)
        go_send(program, code[i]);
    go_close(program);
}

int main(void)
{
    go_chan(operation) program = go_make(operation, 0);
    go_chan(int64_t) results = go_make(int64_t, 0);
    go(machine, program, results);
    go(load, program);
    go_range (x, results)
        printf("%lld\n", (long long)x);
    go_drop(program);
    go_drop(results);
}
