/* SPDX-License-Identifier: MIT */
/* lock_thread - for a library that keeps its state in the thread.
 *
 * Between go_lock_thread and go_unlock_thread the goroutine stays on its thread
 * and nobody else runs there. */
#include <goroutine.h>
#include <stdio.h>
#include <string.h>

/* Such a library: what was set on this thread is found on this thread. */
static __thread char device[32];

static void device_open(const char *name)
{
    strncpy(device, name, sizeof device - 1);
}

static bool device_is(const char *name)
{
    return strcmp(device, name) == 0;
}

static void use(const char *name, int *wrong)
{
    go_lock_thread();
    device_open(name);
    for (int i = 0; i < 100; i++) {
        go_yield(); /* others run, but not here */
        *wrong += !device_is(name);
    }
    go_unlock_thread();
}

int main(void)
{
    static const char *const names[] = { "left", "right", "front", "back" };
    int wrong[4] = { 0 };
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 4; i++)
        go_waitgroup_go(&wg, use, names[i], &wrong[i]);
    go_waitgroup_wait(&wg);
    int sum = wrong[0] + wrong[1] + wrong[2] + wrong[3];
    printf("4 devices, %d times the wrong one\n", sum);
    return sum;
}
