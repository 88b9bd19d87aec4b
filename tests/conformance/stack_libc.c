/* SPDX-License-Identifier: MIT */
/* Stacks: printf, getaddrinfo and qsort run on a default stack, on many at once. */
#include "check.h"

#include <goroutine.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static void print(go_waitgroup *wg)
{
    char text[512];
    CHECK(snprintf(text, sizeof text, "%.40Lf|%-30s|%+020lld|%a", 1.0L / 3, "left", -5LL, 0.1) >
          80);
    CHECK(strstr(text, "left  ") != NULL);
    CHECK(strstr(text, "-0000000000000000005") != NULL);
    double d;
    int n;
    CHECK_EQ(sscanf("2.5 17", "%lf %d", &d, &n), 2);
    CHECK(d == 2.5 && n == 17);
    go_waitgroup_done(wg);
}

static void resolve(go_waitgroup *wg)
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *list = NULL;
    int rc = getaddrinfo("localhost", "80", &hints, &list);
    CHECK(rc == 0 || rc == EAI_NONAME || rc == EAI_AGAIN); /* a box without /etc/hosts */
    if (rc == 0) {
        CHECK(list->ai_family == AF_INET || list->ai_family == AF_INET6);
        freeaddrinfo(list);
    }
    go_waitgroup_done(wg);
}

static int order_int(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static void sort(unsigned seed, go_waitgroup *wg)
{
    enum { N = 20000 };
    int *v = malloc(N * sizeof *v);
    CHECK(v);
    for (int i = 0; i < N; i++)
        v[i] = (int)((seed = seed * 1103515245 + 12345) >> 8);
    qsort(v, N, sizeof *v, order_int);
    for (int i = 1; i < N; i++)
        CHECK(v[i - 1] <= v[i]);
    free(v);
    go_waitgroup_done(wg);
}

static void calendar(go_waitgroup *wg)
{
    struct tm tm;
    time_t t = 1000000000;
    char text[64];
    CHECK(gmtime_r(&t, &tm));
    CHECK(strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &tm) > 0);
    CHECK(!strcmp(text, "2001-09-09 01:46:40"));
    go_waitgroup_done(wg);
}

int main(void)
{
    int n = test_scale(50, 5);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 4 * n);
    for (int i = 0; i < n; i++) {
        go(print, &wg);
        go(resolve, &wg);
        go(sort, (unsigned)i, &wg);
        go(calendar, &wg);
    }
    go_waitgroup_wait(&wg);
}
