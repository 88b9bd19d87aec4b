/* SPDX-License-Identifier: MIT */
/* Rule D8: thousands of threads that are not ours come, use the library once and
 * end, without leaving anything behind. */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>
#include <unistd.h>

static long resident_pages(void)
{
    long size, resident;
    FILE *f = fopen("/proc/self/statm", "r");
    CHECK(f);
    CHECK_EQ(fscanf(f, "%ld %ld", &size, &resident), 2);
    fclose(f);
    return resident;
}

static void *send_once(void *arg)
{
    go_chan(int) c = arg;
    go_send(c, 1);
    go_yield();
    return NULL;
}

static void generations(go_chan(int) c, int n)
{
    for (int i = 0; i < n; i++) {
        pthread_t t;
        CHECK_EQ(pthread_create(&t, NULL, send_once, c), 0);
        CHECK(go_recv(c, NULL));
        CHECK_EQ(pthread_join(t, NULL), 0);
    }
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    int n = test_scale(3000, 200);
    generations(c, n / 10);
    long before = resident_pages();
    generations(c, n);
    long grown = (resident_pages() - before) * sysconf(_SC_PAGESIZE);
    CHECK(grown < (getenv("GO_TEST_SLOW") ? 64 << 20 : 512 << 10));
    go_drop(c);
}
