/* SPDX-License-Identifier: MIT */
/* Rule D12: after fork the child has one thread and may only exec or exit; the
 * library says so instead of hanging.  The parent goes on. */
#include <goroutine.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void answer(go_chan(int) c)
{
    go_send(c, 2);
}

int main(void)
{
    go_chan(int) c = go_make(int, 1);
    go(answer, c);
    int v, status;
    go_recv(c, &v);
    pid_t pid = fork();
    if (pid == 0) {
        alarm(20);
        go(answer, c);
        go_recv(c, &v);
        _exit(0);
    }
    waitpid(pid, &status, 0);
    go(answer, c);
    go_recv(c, &v);
    return WIFEXITED(status) && v == 2 ? WEXITSTATUS(status) : 1;
}
