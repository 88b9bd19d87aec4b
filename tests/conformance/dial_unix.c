/* SPDX-License-Identifier: MIT */
/* Go, net.Dial("unix"), unixgram, unixpacket: paths and abstract names; a full queue is
 * waited for, which Go does not; the path stays when the listener has gone. */
#include "dial_support.h"

#include <sys/stat.h>

static char folder[] = "/tmp/go_dial_unix.XXXXXX";

static const char *path_of(const char *name)
{
    static char path[4][GO_ADDRESS_SIZE];
    static unsigned turn;
    char *p = path[turn++ % 4];
    snprintf(p, GO_ADDRESS_SIZE, "%s/%s", folder, name);
    return p;
}

static void meet(const char *network, const char *address)
{
    char text[GO_ADDRESS_SIZE], data[8];
    int l = go_listen(network, address);
    CHECK(l >= 0);
    CHECK_EQ(go_local_address(l, text, sizeof text), 0);
    CHECK(strcmp(address, "@") == 0 ? strlen(text) > 1 : strcmp(text, address) == 0);
    int c = go_dial(network, text, GO_FOREVER);
    CHECK(c >= 0);
    int s = accept_one(l);
    CHECK_EQ(go_write(c, "abc", 3), 3);
    CHECK_EQ(go_write(c, "de", 2), 2);
    CHECK_EQ(go_read(s, data, sizeof data), strcmp(network, "unix") == 0 ? 5 : 3);
    CHECK_EQ(go_remote_address(c, text + 0, sizeof text), 0);
    CHECK(strcmp(address, "@") == 0 || strcmp(text, address) == 0);
    CHECK_EQ(go_local_address(c, text, sizeof text), 0);
    CHECK_EQ(text[0], '\0');
    CHECK_EQ(go_close_fd(c), 0);
    CHECK_EQ(go_close_fd(s), 0);
    CHECK_EQ(go_close_fd(l), 0);
}

static void datagrams(void)
{
    char from[GO_ADDRESS_SIZE], data[8];
    struct sockaddr_storage a;
    socklen_t len = sizeof a;
    const char *here = path_of("gram"), *there = path_of("reply");
    int l = go_listen("unixgram", here);
    int c = go_dial_from("unixgram", there, here, GO_FOREVER);
    CHECK(l >= 0 && c >= 0);
    CHECK_EQ(go_write(c, "ask", 3), 3);
    CHECK_EQ(go_recvfrom(l, data, sizeof data, 0, (struct sockaddr *)&a, &len), 3);
    CHECK_EQ(go_address_text(&a, len, from, sizeof from), 0);
    CHECK(strcmp(from, there) == 0);
    CHECK_EQ(go_sendto(l, "tell", 4, 0, (struct sockaddr *)&a, len), 4);
    CHECK_EQ(go_read(c, data, sizeof data), 4);
    CHECK_EQ(go_close_fd(c), 0);
    CHECK_EQ(go_close_fd(l), 0);
    CHECK_EQ(unlink(here), 0);
    CHECK_EQ(unlink(there), 0);
}

static void paths(void)
{
    struct stat st;
    const char *path = path_of("stale");
    char longer[200];
    int l = go_listen("unix", path);
    CHECK(l >= 0);
    CHECK_EQ(go_listen("unix", path), -EADDRINUSE);
    CHECK_EQ(go_close_fd(l), 0);
    CHECK_EQ(stat(path, &st), 0);
    CHECK_EQ(go_dial("unix", path, GO_FOREVER), -ECONNREFUSED);
    CHECK_EQ(go_listen("unix", path), -EADDRINUSE);
    CHECK_EQ(unlink(path), 0);
    CHECK_EQ(go_dial("unix", path, GO_FOREVER), -ENOENT);
    l = go_listen("unix", path);
    CHECK(l >= 0);
    CHECK_EQ(go_dial("unixgram", path, GO_FOREVER), -EPROTOTYPE);
    CHECK_EQ(unlink(path), 0); /* nobody new comes; who is in stays */
    CHECK_EQ(go_close_fd(l), 0);
    memset(longer, 'x', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    CHECK_EQ(go_dial("unix", longer, GO_FOREVER), -ENAMETOOLONG);
    CHECK_EQ(go_listen("unix", longer), -ENAMETOOLONG);
}

struct dialler {
    char address[GO_ADDRESS_SIZE];
    go_context *ctx;
    int result;
    go_waitgroup done;
};

static void dialler(struct dialler *d)
{
    d->result = go_dial_ctx("unix", d->address, d->ctx);
    go_waitgroup_done(&d->done);
}

static void dial_in_background(struct dialler *d, const char *address, go_context *ctx)
{
    *d = (struct dialler){ .ctx = ctx };
    snprintf(d->address, sizeof d->address, "%s", address);
    go_waitgroup_add(&d->done, 1);
    go(dialler, d);
}

static void full_queue(void)
{
    struct dialler d;
    char name[GO_ADDRESS_SIZE];
    int l = go_listen("unix", "@");
    CHECK(l >= 0);
    CHECK_EQ(listen(l, 0), 0);
    CHECK_EQ(go_local_address(l, name, sizeof name), 0);
    int before = sockets_open();
    int first = go_dial("unix", name, GO_FOREVER);
    CHECK(first >= 0);
    CHECK_EQ(go_dial("unix", name, go_now() + 5 * GO_MILLISECOND), -ETIMEDOUT);
    go_context *ctx = go_context_with_cancel(go_context_background());
    dial_in_background(&d, name, ctx);
    while (sockets_open() == before + 1) /* until it has its socket */
        go_sleep(100 * GO_MICROSECOND);
    go_context_cancel(ctx);
    go_waitgroup_wait(&d.done);
    CHECK_EQ(d.result, -ECANCELED);
    CHECK_EQ(sockets_open(), before + 1);
    dial_in_background(&d, name, NULL);
    while (sockets_open() == before + 1)
        go_sleep(100 * GO_MICROSECOND);
    int s = accept_one(l);
    go_waitgroup_wait(&d.done);
    CHECK(d.result >= 0);
    CHECK_EQ(go_close_fd(d.result), 0);
    CHECK_EQ(go_close_fd(first), 0);
    CHECK_EQ(go_close_fd(s), 0);
    CHECK_EQ(go_close_fd(l), 0);
    go_context_drop(ctx);
}

int main(void)
{
    CHECK(mkdtemp(folder));
    meet("unix", path_of("stream"));
    meet("unixpacket", path_of("packet"));
    CHECK_EQ(unlink(path_of("stream")), 0);
    CHECK_EQ(unlink(path_of("packet")), 0);
    char abstract[64];
    snprintf(abstract, sizeof abstract, "@%s", folder);
    meet("unix", abstract);
    meet("unix", "@");
    datagrams();
    paths();
    full_queue();
    CHECK_EQ(rmdir(folder), 0);
    return 0;
}
