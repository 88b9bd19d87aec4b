/* SPDX-License-Identifier: MIT */
/* Files: written and read at offsets by several at once, the end, and errors. */
#include <goroutine.h>
#include <goroutine/net.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void write_line(int fd, int i)
{
    char text[16];
    snprintf(text, sizeof text, "line %d\n", i);
    go_pwrite(fd, text, 7, 7 * i);
}

int main(void)
{
    char name[64], buf[100];
    snprintf(name, sizeof name, "twin_%d", (int)getpid());
    int fd = go_open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    printf("%s\n", go_open(name, O_RDWR | O_CREAT | O_EXCL, 0600) < 0 && errno == EEXIST ? "true"
                                                                                         : "false");
    remove(name);
    printf("%s\n", go_open(name, O_RDONLY) < 0 && errno == ENOENT ? "true" : "false");
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 10; i++)
        go_waitgroup_go(&wg, write_line, fd, i);
    go_waitgroup_wait(&wg);
    printf("sync %s\n", go_fsync(fd) == 0 ? "<nil>" : strerror(errno));
    ssize_t n = go_pread(fd, buf, 14, 21);
    printf("%zd %.*s", n, (int)n, buf);
    n = go_pread(fd, buf, sizeof buf, 63);
    printf("%zd %.*s", n, (int)n, buf);
    printf("%zd\n", go_pread(fd, buf, sizeof buf, 70));
    go_close_fd(fd);
    printf("%s\n", go_pread(fd, buf, 1, 0) < 0 ? "closed" : "open");
}
