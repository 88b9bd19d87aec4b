/* SPDX-License-Identifier: MIT */
/* Arming and stopping a timer of the kernel, for threads have no others: a new one each time,
 * the same one again (timerfd, which a thread can wait for), and one with a function. */
#include "threads.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/timerfd.h>
#include <unistd.h>

static const struct itimerspec never;

/* An hour and more, no two alike. */
static struct itimerspec away(long i)
{
    return (struct itimerspec){ .it_value = { 3600, i * 7919 % 100003 * 1000 } };
}

static void must(bool ok, const char *what)
{
    if (!ok)
        report_fail("timer: %s failed", what);
}

static int new_timer(void)
{
    int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    must(fd >= 0, "timerfd_create");
    return fd;
}

static void arm(int fd, long i)
{
    const struct itimerspec t = away(i);
    must(timerfd_settime(fd, 0, &t, NULL) == 0, "timerfd_settime");
}

static void stop(int fd)
{
    struct itimerspec left;
    must(timerfd_settime(fd, 0, &never, &left) == 0, "timerfd_settime");
    must(left.it_value.tv_sec > 0, "an hour");
}

static void nothing(union sigval v)
{
    (void)v;
}

static void measure_new(long n)
{
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        int fd = new_timer();
        arm(fd, i);
        stop(fd);
        close(fd);
    }
    report_per_op("timer.new", start, n);
}

static void measure_reset(long n)
{
    int fd = new_timer();
    arm(fd, 0);
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        stop(fd);
        arm(fd, i);
    }
    report_per_op("timer.reset", start, n);
    close(fd);
}

static void measure_func(long n)
{
    struct sigevent call = { .sigev_notify = SIGEV_THREAD, .sigev_notify_function = nothing };
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        const struct itimerspec t = away(i);
        struct itimerspec left;
        timer_t id;
        must(timer_create(CLOCK_MONOTONIC, &call, &id) == 0, "timer_create");
        must(timer_settime(id, 0, &t, NULL) == 0, "timer_settime");
        must(timer_settime(id, 0, &never, &left) == 0, "timer_settime");
        must(left.it_value.tv_sec > 0, "an hour");
        timer_delete(id);
    }
    report_per_op("timer.func", start, n);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    threads_init();
    measure_new(n);
    measure_reset(n);
    measure_func(n);
}
