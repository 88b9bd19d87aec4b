/* SPDX-License-Identifier: MIT */
#include "os/cpus.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int cpus_allowed(void)
{
    for (size_t cpus = 1024; cpus <= 1 << 18; cpus *= 4) {
        cpu_set_t *set = CPU_ALLOC(cpus);
        size_t size = CPU_ALLOC_SIZE(cpus);
        if (!set)
            break;
        int n = 0, failed = sched_getaffinity(0, size, set);
        if (!failed)
            n = CPU_COUNT_S(size, set);
        CPU_FREE(set);
        if (!failed)
            return n > 0 ? n : 1;
        if (errno != EINVAL)
            break;
    }
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (int)n : 1;
}

/* Quota over period of one cgroup v2 folder; 0 if there is no limit. */
static double quota_at(const char *dir)
{
    char path[600], quota[32];
    double period, cpus = 0;
    snprintf(path, sizeof path, "/sys/fs/cgroup%s/cpu.max", dir);
    FILE *f = fopen(path, "re");
    if (!f)
        return 0;
    if (fscanf(f, "%31s %lf", quota, &period) == 2 && strcmp(quota, "max") != 0 && period > 0)
        cpus = strtod(quota, NULL) / period;
    fclose(f);
    return cpus;
}

/* The smallest quota from our cgroup up to the root; 0 if none. */
static double cgroup_quota(void)
{
    char line[512], *dir = NULL;
    FILE *f = fopen("/proc/self/cgroup", "re");
    if (!f)
        return 0;
    while (!dir && fgets(line, sizeof line, f))
        if (strncmp(line, "0::/", 4) == 0)
            dir = line + 3;
    fclose(f);
    if (!dir)
        return 0;
    dir[strcspn(dir, "\n")] = '\0';
    double least = 0;
    for (;;) {
        double q = quota_at(dir);
        if (q > 0 && (least <= 0 || q < least))
            least = q;
        char *slash = strrchr(dir, '/');
        if (!slash || !*dir)
            return least;
        *slash = '\0';
    }
}

int cpus_default(void)
{
    int saved = errno, n = cpus_allowed();
    double quota = cgroup_quota();
    if (quota > 0 && n > 2) {
        int limit = (int)quota + (quota > (double)(int)quota);
        if (limit < 2)
            limit = 2;
        if (limit < n)
            n = limit;
    }
    errno = saved;
    return n;
}
