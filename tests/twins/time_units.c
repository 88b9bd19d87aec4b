/* SPDX-License-Identifier: MIT */
/* Durations are counts of nanoseconds; a sleep of nothing does not wait. */
#include <goroutine.h>
#include <stdio.h>

static void show(const char *what, int64_t d)
{
    printf("%s %lld\n", what, (long long)d);
}

int main(void)
{
    show("nanosecond", GO_NANOSECOND);
    show("microsecond", GO_MICROSECOND);
    show("millisecond", GO_MILLISECOND);
    show("second", GO_SECOND);
    show("minute", GO_MINUTE);
    show("hour", GO_HOUR);
    int64_t d = 2 * GO_HOUR + 45 * GO_MINUTE + 30 * GO_SECOND + 500 * GO_MILLISECOND;
    show("sum", d);
    printf("%lldh%lldm%lld.%llds\n", (long long)(d / GO_HOUR), (long long)(d % GO_HOUR / GO_MINUTE),
           (long long)(d % GO_MINUTE / GO_SECOND),
           (long long)(d % GO_SECOND / (100 * GO_MILLISECOND)));
    printf("%.3f minutes\n", (double)d / (double)GO_MINUTE);

    int64_t start = go_now();
    go_sleep(0);
    go_sleep(-GO_HOUR);
    go_sleep_until(start - GO_SECOND);
    printf("all at once: %s\n", go_now() - start < GO_MINUTE ? "true" : "false");
    go_sleep_until(start + 3 * GO_MILLISECOND);
    int64_t slept = go_now() - start;
    printf("at least: %s\n", slept >= 3 * GO_MILLISECOND ? "true" : "false");
    printf("never back: %s\n", go_now() >= start + slept ? "true" : "false");
}
