/* SPDX-License-Identifier: MIT */
/* Pattern: a weighted semaphore; a job that fails keeps its weight, and a large one never
 * finds enough.
 * Report: the large one. */
#include "corpus.h"

struct budget {
    go_sema memory;
};

static void job(struct budget *b, int64_t weight, bool fails)
{
    go_sema_acquire(&b->memory, weight);
    if (!fails)
        go_sema_release(&b->memory, weight);
}

static void run_jobs(struct budget *b)
{
    job(b, 1, false);
    job(b, 1, true);
    job(b, 4, false);
}

static corpus_part void run(void)
{
    struct budget *b = calloc(1, sizeof *b);
    b->memory = (go_sema)GO_SEMA_INIT(4);
    go(run_jobs, b);
}

int main(void)
{
    run();
    corpus_leaks(1);
}
