/* SPDX-License-Identifier: MIT */
/* Programs: their output, exit status, end by a signal or a context, and absence. */
#include <goroutine.h>
#include <goroutine/net.h>
#include <stdio.h>

static void tell(const char *script, go_context *ctx)
{
    char *argv[] = { "sh", "-c", (char *)script, NULL }, buf[64];
    go_process p;
    int status;
    if (go_process_start(&p, &(go_command){ .argv = argv, .out = GO_STDIO_PIPE, .ctx = ctx }) < 0)
        return;
    ssize_t n, have = 0;
    while ((n = go_read(p.out, buf + have, sizeof buf - (size_t)have)) > 0)
        have += n;
    go_close_fd(p.out);
    go_process_wait(&p, &status);
    printf("%.*s", (int)have, buf);
    if (WIFSIGNALED(status))
        printf("signal %d\n", WTERMSIG(status));
    else
        printf("exit %d\n", WEXITSTATUS(status));
    go_process_drop(&p);
}

int main(void)
{
    tell("echo hello", NULL);
    tell("echo bad; exit 3", NULL);
    tell("kill -TERM $$", NULL);
    go_context *ctx = go_context_with_timeout(go_context_background(), 20 * GO_MILLISECOND);
    tell("exec sleep 1000", ctx);
    go_context_drop(ctx);
    char *sleeper[] = { "sleep", "1000", NULL };
    go_process q;
    if (go_process_start(&q, &(go_command){ .argv = sleeper }) > 0) {
        int status;
        go_process_signal(&q, SIGINT);
        go_process_wait(&q, &status);
        printf("signal %d\n", WTERMSIG(status));
        printf("%s\n", go_process_signal(&q, SIGINT) == -ESRCH ? "done" : "there");
        go_process_drop(&q);
    }
    char *argv[] = { "/there/is/no/such/program", NULL };
    go_process p;
    printf("%s\n",
           go_process_start(&p, &(go_command){ .argv = argv }) == -ENOENT ? "true" : "false");
}
