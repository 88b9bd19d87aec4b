/* SPDX-License-Identifier: MIT */
/* For tests of the thread limit: this program again, with few threads. */
#ifndef TESTS_AT_LIMIT_H
#define TESTS_AT_LIMIT_H

#include "support.h"

/* run_at_limit - child_run with GO_DEBUG=maxthreads=n beside what it already has. */
static inline int run_at_limit(int n, const char *arg, char *err, size_t size)
{
    const char *before = getenv("GO_DEBUG");
    char *had = before ? strdup(before) : NULL, value[256];
    snprintf(value, sizeof value, "%s%smaxthreads=%d", had ? had : "", had ? "," : "", n);
    CHECK_EQ(setenv("GO_DEBUG", value, 1), 0);
    int status = child_run(arg, err, size);
    CHECK_EQ(had ? setenv("GO_DEBUG", had, 1) : unsetenv("GO_DEBUG"), 0);
    free(had);
    return status;
}

#endif
