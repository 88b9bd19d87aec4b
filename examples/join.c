/* SPDX-License-Identifier: MIT */
/* join - start goroutines one by one, wait for each, give up on the one that is late. */
#include <goroutine.h>
#include <stdio.h>

static void square(int v, int *result)
{
    go_sleep(v * GO_MILLISECOND);
    *result = v * v;
}

static void wait_for_news(go_chan(int) news)
{
    go_recv(news, NULL);
}

int main(void)
{
    enum { N = 5 };
    int result[N], sum = 0;
    go_handle *h[N];
    for (int i = 0; i < N; i++)
        h[i] = go_start(square, i, &result[i]);
    for (int i = 0; i < N; i++) {
        uint64_t id = go_handle_id(h[i]);
        go_join(h[i]);
        printf("goroutine %llu: %d\n", (unsigned long long)id, result[i]);
        sum += result[i];
    }

    go_chan(int) news = go_make(int, 0);
    go_handle *late = go_start(wait_for_news, news);
    int err = go_join_until(late, go_now() + 2 * GO_MILLISECOND);
    printf("no news: %s\n", err == -ETIMEDOUT ? "timed out" : "?");
    go_close(news);
    go_join(late); /* the handle was still good */
    go_drop(news);
    return sum != 30 || err != -ETIMEDOUT;
}
