/* SPDX-License-Identifier: MIT */
/* group - count the words of many texts, a few at a time; the first that cannot be read
 * ends the work on all. */
#include <ctype.h>
#include <errno.h>
#include <goroutine.h>
#include <stdio.h>

static const char *const texts[] = { "one", "two words", "and three words", "", "a b c d e" };
enum { N = sizeof texts / sizeof *texts };

static int count_words(go_context *ctx, const char *text, int32_t *total)
{
    int n = 0;
    if (!text)
        return -ENOENT;
    for (const char *s = text; *s; s++) {
        if (go_context_err(ctx)) /* somebody else has failed: why go on? */
            return go_context_err(ctx);
        n += !isspace((unsigned char)*s) && (s == text || isspace((unsigned char)s[-1]));
    }
    go_atomic_add(total, n);
    return 0;
}

static int count_all(int missing, int32_t *total)
{
    go_group *g = go_group_new(NULL);
    go_group_set_limit(g, 2);
    for (int i = 0; i < N; i++)
        go_group_go(g, count_words, go_group_context(g), i == missing ? NULL : texts[i], total);
    return go_group_wait(g); /* all have ended */
}

int main(void)
{
    int32_t total = 0, partial = 0;
    int err = count_all(-1, &total);
    printf("%d words, error %d\n", total, err);
    int failed = count_all(2, &partial);
    printf("with one missing: %s\n", failed == -ENOENT ? "no such text" : "?");
    return err || total != 11 || failed != -ENOENT;
}
