/* SPDX-License-Identifier: MIT */
/* One goroutine per file, but only four of them at work at a time. */
#include <goroutine.h>
#include <stdio.h>

enum { AT_ONCE = 4, FILES = 12 };

static const char *const files[FILES] = { "alpha", "beta",  "gamma", "delta", "epsilon", "zeta",
                                          "eta",   "theta", "iota",  "kappa", "lambda",  "mu" };

/* digest is the 32-bit FNV-1a hash. */
static uint32_t digest(const char *s)
{
    uint32_t h = 2166136261u;
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 16777619u;
    return h;
}

static void work(const char *name, uint32_t *result, go_chan(char) tokens)
{
    *result = digest(name);
    go_recv(tokens, NULL);
}

int main(void)
{
    uint32_t digests[FILES];
    go_chan(char) tokens = go_make(char, AT_ONCE);
    go_waitgroup wg = { 0 };

    for (int i = 0; i < FILES; i++) {
        go_send(tokens, 1); /* waits here while four are running */
        go_waitgroup_go(&wg, work, files[i], &digests[i], tokens);
    }
    go_waitgroup_wait(&wg);
    go_drop(tokens);

    for (int i = 0; i < FILES; i++)
        printf("%08x %s\n", (unsigned)digests[i], files[i]);
}
