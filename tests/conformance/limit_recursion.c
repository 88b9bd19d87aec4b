/* SPDX-License-Identifier: MIT */
/* go_set_limit: recursive programs, whose goroutines all wait for ones that they have
 * yet to start, end with any limit, and soon. */
#include "support.h"

#include <goroutine.h>

static void fib(int n, int *result)
{
    if (n < 2) {
        *result = n;
        return;
    }
    int a, b;
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, fib, n - 1, &a);
    go_waitgroup_go(&wg, fib, n - 2, &b);
    go_waitgroup_wait(&wg);
    *result = a + b;
}

static void quicksort(int *v, int n, go_waitgroup *outer)
{
    if (n > 1) {
        go_waitgroup wg = { 0 };
        int pivot = v[n / 2], i = 0, k = n - 1;
        while (i <= k) {
            while (v[i] < pivot)
                i++;
            while (v[k] > pivot)
                k--;
            if (i <= k) {
                int t = v[i];
                v[i++] = v[k];
                v[k--] = t;
            }
        }
        go_waitgroup_add(&wg, 2);
        go(quicksort, v, k + 1, &wg);
        go(quicksort, v + i, n - i, &wg);
        go_waitgroup_wait(&wg);
    }
    go_waitgroup_done(outer);
}

static void skynet(go_chan(int64_t) up, int64_t number, int64_t size)
{
    if (size == 1) {
        go_send(up, number);
        return;
    }
    go_chan(int64_t) down = go_make(int64_t, 0);
    int64_t sum = 0, v;
    for (int i = 0; i < 10; i++)
        go(skynet, down, number + i * (size / 10), size / 10);
    for (int i = 0; i < 10; i++) {
        go_recv(down, &v);
        sum += v;
    }
    go_drop(down);
    go_send(up, sum);
}

static void run_all(int scale)
{
    enum { N = 300 };
    int v[N], f, n = N / scale;
    go_waitgroup wg = { 0 };
    fib(scale == 1 ? 12 : 8, &f);
    CHECK_EQ(f, scale == 1 ? 144 : 21);
    for (int i = 0; i < n; i++)
        v[i] = i * 7919 % n;
    go_waitgroup_add(&wg, 1);
    quicksort(v, n, &wg);
    for (int i = 1; i < n; i++)
        CHECK(v[i - 1] <= v[i]);
    int64_t size = scale == 1 ? 1000 : 100, sum;
    go_chan(int64_t) c = go_make(int64_t, 1);
    skynet(c, 0, size);
    go_recv(c, &sum);
    CHECK_EQ(sum, size * (size - 1) / 2);
    go_drop(c);
}

int main(void)
{
    static const int limits[] = { 1, 2, 10, 0 };
    metronome_start();
    for (int i = 0; i < 4; i++) {
        int64_t start = metronome_now();
        go_set_limit(limits[i]);
        run_all(test_scale(1, 10));
        /* Some 2000 goroutines: a tenth of a second for each hundredth of them would
         * be 2 s already. */
        CHECK(metronome_now() - start < test_scale(2, 10) * GO_SECOND);
    }
    go_verify();
}
