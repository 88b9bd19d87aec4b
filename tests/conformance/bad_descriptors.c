/* SPDX-License-Identifier: MIT */
/* At the limit on descriptors, accepting and dialling fail with EMFILE, what is open goes
 * on, and when something has been closed they work again: the connections that waited
 * meanwhile are served. */
#include "net_support.h"

#include <errno.h>
#include <goroutine/net.h>
#include <sys/resource.h>

enum { LIMIT = 64 };

static go_waitgroup done;

static void echo(int fd)
{
    char buf[64];
    for (ssize_t n; (n = go_read(fd, buf, sizeof buf)) > 0;)
        CHECK_EQ(go_write(fd, buf, (size_t)n), n);
    CHECK_EQ(go_close_fd(fd), 0);
    go_waitgroup_done(&done);
}

static void say(int fd, char c)
{
    char got;
    CHECK_EQ(go_write(fd, &c, 1), 1);
    CHECK_EQ(go_read(fd, &got, 1), 1);
    CHECK_EQ(got, c);
}

static int last_descriptor(void)
{
    int fd = dup(0);
    CHECK(fd >= 0);
    close(fd);
    return fd;
}

int main(void)
{
    int clients[LIMIT], n = 0, fillers[LIMIT], nfillers = 0, fd;
    struct sockaddr_in addr;
    char text[GO_ADDRESS_SIZE];
    int l = net_listen(&addr, LIMIT);
    CHECK_EQ(go_local_address(l, text, sizeof text), 0);
    int first = last_descriptor();

    /* The poller and its like have to be there before. */
    clients[n++] = go_dial("tcp", text, GO_FOREVER);
    CHECK((fd = go_accept(l, NULL, NULL)) >= 0);
    go_waitgroup_add(&done, 1);
    go(echo, fd);
    say(clients[0], 'a');

    struct rlimit limit = { LIMIT, LIMIT };
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
    while ((fd = dup(0)) >= 0)
        fillers[nfillers++] = fd;
    CHECK_EQ(errno, EMFILE);
    CHECK_EQ(go_dial("tcp", text, GO_FOREVER), -EMFILE);
    int pair[2];
    CHECK_EQ(go_pipe(pair), -1);
    CHECK_EQ(errno, EMFILE);
    say(clients[0], 'b');

    /* One number: the connection is made, and waits; to accept it takes another. */
    close(fillers[--nfillers]);
    CHECK((clients[n++] = go_dial("tcp", text, GO_FOREVER)) >= 0);
    CHECK_EQ(go_accept(l, NULL, NULL), -1);
    CHECK_EQ(errno, EMFILE);
    say(clients[0], 'c');
    close(fillers[--nfillers]);
    CHECK((fd = go_accept(l, NULL, NULL)) >= 0);
    go_waitgroup_add(&done, 1);
    go(echo, fd);
    say(clients[1], 'd');

    while (nfillers > 0)
        close(fillers[--nfillers]);
    while (n > 0)
        CHECK_EQ(go_close_fd(clients[--n]), 0);
    go_waitgroup_wait(&done);
    CHECK_EQ(go_close_fd(l), 0);
    CHECK(last_descriptor() <= first); /* nothing is left open */
    CHECK_EQ(go_count(), 1);
    go_verify();
}
