/* SPDX-License-Identifier: MIT */
/* Datagrams: whole or cut, answered to where they came from; empty ones; a deadline. */
#include <goroutine.h>
#include <goroutine/net.h>
#include <netinet/in.h>
#include <stdio.h>

static void answer(int s, int n)
{
    char buf[8];
    for (int i = 0; i < n; i++) {
        struct sockaddr_in from;
        struct iovec in = { buf, sizeof buf };
        struct msghdr msg = { &from, sizeof from, &in, 1, NULL, 0, 0 };
        in.iov_len = (size_t)go_recvmsg(s, &msg, 0);
        go_sendmsg(s, &msg, 0);
    }
}

int main(void)
{
    const char *words[] = { "one", "", "a longer one", "three" };
    const size_t sizes[] = { 3, 0, 12, 5 };
    struct sockaddr_in addr, from;
    socklen_t len = sizeof addr;
    char buf[100];
    int s = go_listen("udp", "127.0.0.1:0"), c = go_listen("udp", "127.0.0.1:0");
    if (s < 0 || c < 0 || getsockname(s, (struct sockaddr *)&addr, &len) < 0)
        return 1;
    go(answer, s, 4);
    for (int i = 0; i < 4; i++) {
        go_sendto(c, words[i], sizes[i], 0, (struct sockaddr *)&addr, len);
        ssize_t n = go_recvfrom(c, buf, sizeof buf, 0, (struct sockaddr *)&from, &len);
        printf("%d: %.*s %s\n", (int)n, (int)n, buf,
               from.sin_port == addr.sin_port ? "true" : "false");
    }
    if (go_set_read_deadline(c, go_now() + GO_MILLISECOND))
        return 1;
    bool late = go_recvfrom(c, buf, sizeof buf, 0, NULL, NULL) < 0 && errno == ETIMEDOUT;
    printf("late: %s\n", late ? "true" : "false");
    go_close_fd(s);
    go_close_fd(c);
}
