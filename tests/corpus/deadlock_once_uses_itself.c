/* SPDX-License-Identifier: MIT */
/* Pattern: the function of a once calls, some way down, what uses the once.
 * Report: main, in Once.Do. */
#include "corpus.h"

static go_once once;
static int level;

static int get_level(void);

static void read_configuration(void *unused)
{
    (void)unused;
    level = get_level() + 1; /* "the one before" */
}

static int get_level(void)
{
    go_once_do(&once, read_configuration, NULL);
    return level;
}

int main(void)
{
    return get_level();
}
