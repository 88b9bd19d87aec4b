/* SPDX-License-Identifier: MIT */
#include "serve.h"

#include <goroutine/signal.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

struct service {
    void (*handle)(int fd, go_context *stop);
    go_context *stop;
    go_waitgroup connections;
};

static void run_connection(struct service *s, int fd)
{
    s->handle(fd, s->stop);
    go_close_fd(fd);
    go_waitgroup_done(&s->connections);
}

static void start_connection(struct service *s, int fd)
{
    go_waitgroup_add(&s->connections, 1);
    if (go_try(run_connection, s, fd) == 0)
        return;
    go_waitgroup_done(&s->connections); /* no memory: better to refuse one than to end all */
    go_close_fd(fd);
}

/* What fails for want of descriptors or memory may succeed a little later, when others have
 * ended: wait, each time longer, up to a second.  What concerned one connection alone is
 * no reason to wait.  False: the listener itself is broken. */
static bool bear_accept_error(int err, int64_t *pause, go_context *stop)
{
    switch (err) {
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
        *pause = *pause ? *pause * 2 : 5 * GO_MILLISECOND;
        if (*pause > GO_SECOND)
            *pause = GO_SECOND;
        fprintf(stderr, "accept: %s; again in %d ms\n", strerror(err),
                (int)(*pause / GO_MILLISECOND));
        return go_sleep_ctx(*pause, stop) == 0;
    case EBADF:
    case EINVAL:
    case ENOTSOCK:
    case EOPNOTSUPP:
        return false;
    default:
        return true;
    }
}

static void accept_until_stopped(struct service *s, int listener)
{
    int64_t pause = 0;
    for (;;) {
        int fd = go_accept_ctx(listener, NULL, NULL, s->stop);
        if (fd >= 0) {
            pause = 0;
            start_connection(s, fd);
        } else if (go_context_err(s->stop) || !bear_accept_error(errno, &pause, s->stop)) {
            return;
        }
    }
}

int serve(const char *address, void (*handle)(int fd, go_context *stop), int64_t grace)
{
    char text[GO_ADDRESS_SIZE];
    static struct service s; /* who is cut off may still use it while main returns */
    s.handle = handle;
    s.stop = go_signal_context(go_context_background(), SIGTERM, SIGINT);
    int listener = go_listen("tcp", address);
    int err = listener < 0 ? listener : go_local_address(listener, text, sizeof text);
    if (err) {
        fprintf(stderr, "%s: %s\n", address, go_dial_error_text(err));
        return 1;
    }
    printf("listening on %s\n", text);
    fflush(stdout);

    accept_until_stopped(&s, listener);
    go_close_fd(listener);
    bool stopped = go_context_err(s.stop) != 0;
    if (!stopped)
        fprintf(stderr, "%s: accept fails, for good\n", text);
    go_context_cancel(s.stop);
    if (go_waitgroup_wait_until(&s.connections, go_now() + grace) != 0)
        fprintf(stderr, "%s: some connections took too long, and are cut off\n", text);
    return stopped ? 0 : 1;
}

bool serve_wait(int fd, go_context *stop)
{
    int err = go_wait_readable_ctx(fd, stop);
    if (err == -ECANCELED) /* what came before the stop, or with it, is still served */
        err = go_wait_readable_until(fd, go_now());
    return err == 0;
}

void break_off(int fd)
{
    const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    (void)!go_set_deadline(fd, go_now());
}
