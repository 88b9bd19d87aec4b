/* SPDX-License-Identifier: MIT */
/* Conformance 13: the matrix of every channel operation on a nil channel, an
 * open one and a closed one.
 *
 * Operations that end the program run in a child, which must exit 2 with Go's
 * text.  Those that park for ever are covered by a deadline or a second case. */
#include "support.h"

#include <goroutine.h>

static void sends_blocked(go_chan(int) c)
{
    go_send(c, 1);
}

static int deadly(const char *what)
{
    go_chan(int) nil = NULL;
    go_chan(int) c = go_make(int, 1);
    go_close(c);
    if (!strcmp(what, "send"))
        go_send(c, 1);
    else if (!strcmp(what, "try_send"))
        return go_try_send(c, 1);
    else if (!strcmp(what, "send_until"))
        return go_send_until(c, 1, GO_FOREVER);
    else if (!strcmp(what, "select_send"))
        return go_select(go_on_send(c, 1));
    else if (!strcmp(what, "select_send_default"))
        return go_select(go_on_send(c, 1), go_default());
    else if (!strcmp(what, "close"))
        go_close(c);
    else if (!strcmp(what, "close_nil"))
        go_close(nil);
    else if (!strcmp(what, "blocked_send")) {
        go_chan(int) d = go_make(int, 0);
        go(sends_blocked, d);
        go_sleep(5 * GO_MILLISECOND);
        go_close(d);
        go_sleep(20 * GO_SECOND);
    }
    return 0;
}

static void deadly_all(void)
{
    static const struct {
        const char *what, *text;
    } list[] = {
        { "send", "panic: send on closed channel" },
        { "try_send", "panic: send on closed channel" },
        { "send_until", "panic: send on closed channel" },
        { "select_send", "panic: send on closed channel" },
        { "select_send_default", "panic: send on closed channel" },
        { "blocked_send", "panic: send on closed channel" },
        { "close", "panic: close of closed channel" },
        { "close_nil", "panic: close of nil channel" },
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        char err[16384];
        int status = child_run(list[i].what, err, sizeof err);
        if (status != 2 || strncmp(err, list[i].text, strlen(list[i].text)) != 0)
            fprintf(stderr, "%s: exit %d, stderr: %s\n", list[i].what, status, err);
        CHECK_EQ(status, 2);
        CHECK(!strncmp(err, list[i].text, strlen(list[i].text)));
    }
}

static void nil_channel(void)
{
    go_chan(int) c = NULL;
    int v = 9;
    CHECK_EQ(go_len(c), 0);
    CHECK_EQ(go_cap(c), 0);
    CHECK_EQ(go_try_send(c, 1), -EAGAIN);
    CHECK_EQ(go_try_recv(c, &v), -EAGAIN);
    CHECK_EQ(go_send_until(c, 1, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    CHECK_EQ(go_recv_until(c, &v, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    CHECK_EQ(go_select(go_on_recv(c, &v), go_on_send(c, 1), go_default()), 2);
    CHECK_EQ(go_select(go_on_recv(c, &v), go_on_send(c, 1), go_on_timeout(GO_MILLISECOND)), 2);
    CHECK_EQ(v, 9);
    go_drop(c);
    CHECK(go_hold(c) == NULL);
}

static void open_channel(void)
{
    int v = 9;
    go_chan(int) c = go_make(int, 0);
    CHECK_EQ(go_len(c), 0);
    CHECK_EQ(go_cap(c), 0);
    CHECK_EQ(go_try_send(c, 1), -EAGAIN);
    CHECK_EQ(go_try_recv(c, &v), -EAGAIN);
    CHECK_EQ(go_send_until(c, 1, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    CHECK_EQ(go_recv_until(c, &v, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    CHECK_EQ(go_recv_until(c, &v, 0), -ETIMEDOUT); /* long past */
    CHECK_EQ(v, 9);
    go_drop(c);

    c = go_make(int, 1);
    CHECK_EQ(go_send_until(c, 3, 0), 0); /* what need not wait is done anyway */
    CHECK_EQ(go_len(c), 1);
    CHECK_EQ(go_recv_until(c, &v, 0), 0);
    CHECK_EQ(v, 3);
    go_drop(c);
}

static void closed_channel(void)
{
    int v = 9;
    go_chan(int) c = go_make(int, 2);
    go_send(c, 5);
    go_send(c, 6);
    go_close(c);
    CHECK_EQ(go_len(c), 2);
    CHECK_EQ(go_cap(c), 2);
    CHECK(go_recv(c, &v));
    CHECK_EQ(v, 5);
    CHECK_EQ(go_select(go_on_recv(c, &v)), 0);
    CHECK(go_selected_ok());
    CHECK_EQ(v, 6);

    CHECK(!go_recv(c, &v));
    CHECK_EQ(v, 0);
    v = 9;
    CHECK_EQ(go_try_recv(c, &v), -EPIPE);
    CHECK_EQ(v, 0);
    v = 9;
    CHECK_EQ(go_recv_until(c, &v, GO_FOREVER), -EPIPE);
    CHECK_EQ(v, 0);
    v = 9;
    CHECK_EQ(go_select(go_on_recv(c, &v), go_default()), 0);
    CHECK(!go_selected_ok());
    CHECK_EQ(v, 0);
    CHECK(!go_recv(c, NULL));
    CHECK_EQ(go_len(c), 0);
    go_drop(c);
}

int main(int argc, char **argv)
{
    const char *child = child_arg(argc, argv);
    if (child)
        return deadly(child);
    nil_channel();
    open_channel();
    closed_channel();
    deadly_all();
}
