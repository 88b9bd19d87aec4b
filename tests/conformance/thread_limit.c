/* SPDX-License-Identifier: MIT */
/* D5 has a limit of threads: at the limit goroutines wait for those that block,
 * nobody is lost, and it is said once on stderr. */
#include "support.h"

#include <goroutine.h>

static void block(go_waitgroup *wg)
{
    usleep(20 * 1000);
    go_waitgroup_done(wg);
}

static int child_main(void)
{
    go_waitgroup wg = { 0 };
    go_maxprocs(2);
    go_waitgroup_add(&wg, 40);
    for (int i = 0; i < 40; i++)
        go(block, &wg);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < 10; i++)
        go_sleep(GO_MILLISECOND);
    return 0;
}

int main(int argc, char **argv)
{
    char err[4096];
    if (child_arg(argc, argv))
        return child_main();
    const char *before = getenv("GO_DEBUG");
    char value[256];
    snprintf(value, sizeof value, "%s%smaxthreads=5", before ? before : "", before ? "," : "");
    CHECK_EQ(setenv("GO_DEBUG", value, 1), 0);
    CHECK_EQ(child_run("child", err, sizeof err), 0);
    const char *said = strstr(err, "limit");
    CHECK(said != NULL);
    CHECK(strstr(said + 1, "limit") == NULL);
}
