/* SPDX-License-Identifier: MIT */
/* Several addresses, one connection: RFC 8305, 5.
 *
 * All attempts are sockets of the goroutine that dials, which waits for them, for the time
 * of the next attempt and for its own end at once.  So nothing has to be joined: what did
 * not win is closed on the way out.
 *
 * An attempt lasts until it fails, another wins, or the call ends; it holds nobody up,
 * for the next one does not wait for it longer than PAUSE.
 */
#include "net/dial.h"
#include "net/several.h"
#include "net/sys.h"

#include <goroutine/context.h>
#include <goroutine/time.h>
#include <string.h>

#define PAUSE     (250 * GO_MILLISECOND)
#define PAUSE_MIN (10 * GO_MILLISECOND)

enum { AGAIN_MAX = 3 };

/* All of it is the goroutine's that dials. */
struct race {
    const struct network *net;
    const struct address_list *local, *to;
    struct bound bound;
    int64_t end;                      /* of the bound */
    int64_t when;                     /* the next attempt */
    int next;                         /* whose it is, in the list */
    int first;                        /* what the first address failed with */
    int n;                            /* attempts under way */
    int address[ADDRESSES_MAX];       /* of each, its place in the list */
    struct awaited on[ADDRESSES_MAX]; /* and its socket, held */
};

/* --- One attempt ------------------------------------------------------------------ */

static int bind_local(const struct race *r, int fd, sa_family_t family)
{
    static const int on = 1;
    for (int i = 0; r->local && i < r->local->n; i++) {
        const union net_address *a = &r->local->a[i];
        if (a->sa.sa_family != family)
            continue;
#ifdef IP_BIND_ADDRESS_NO_PORT
        if (address_port(a) == 0) /* one that is free to that peer will do */
            (void)setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
#endif
        return bind(fd, &a->sa, address_len(a)) ? -errno : 0;
    }
    return r->local ? GO_NET_NO_ADDRESS : 0;
}

/* A port that nobody listens on can be the one that the kernel gives to the caller: then
 * TCP connects the socket to itself. */
static bool to_itself(const struct race *r, int fd)
{
    union net_address mine, peer;
    socklen_t len = sizeof mine, peer_len = sizeof peer;
    if (r->net->type != SOCK_STREAM || r->local)
        return false;
    memset(&mine, 0, sizeof mine);
    memset(&peer, 0, sizeof peer);
    return getsockname(fd, &mine.sa, &len) == 0 && getpeername(fd, &peer.sa, &peer_len) == 0 &&
           address_equal(&mine, &peer);
}

/* 0: connected; -EINPROGRESS; or why not. */
static int try(const struct race *r, int fd, int to)
{
    const union net_address *a = &r->to->a[to];
    int err = sys_connect(fd, &a->sa, address_len(a));
    if (err == -EALREADY)
        return -EINPROGRESS;
    if (err == -EISCONN)
        err = 0;
    return !err && to_itself(r, fd) ? -ECONNREFUSED : err;
}

/* As try, with *fd the socket unless it failed. */
static int begin_once(const struct race *r, int to, int *fd)
{
    const sa_family_t family = r->to->a[to].sa.sa_family;
    *fd = socket_new(r->net, family);
    if (*fd < 0)
        return *fd;
    int err = bind_local(r, *fd, family);
    if (!err)
        err = try(r, *fd, to);
    if (err && err != -EINPROGRESS)
        desc_close(*fd);
    return err;
}

/* The port that the kernel had in mind may be taken by another thread meanwhile. */
static int begin(const struct race *r, int to, int *fd)
{
    int err = begin_once(r, to, fd);
    for (int i = 1; err == -EADDRNOTAVAIL && !r->local && i < AGAIN_MAX; i++)
        err = begin_once(r, to, fd);
    return err;
}

/* --- The race ------------------------------------------------------------------------ */

/* The time is shared out among those that have not begun, as far as it is short. */
static int64_t pause_now(const struct race *r, int64_t now)
{
    int left = r->to->n - r->next;
    if (r->end == GO_FOREVER || left == 0)
        return PAUSE;
    int64_t share = (r->end - now) / (left + 1);
    return share > PAUSE ? PAUSE : share < PAUSE_MIN ? PAUSE_MIN : share;
}

static void failed(struct race *r, int to, int err)
{
    if (to == 0)
        r->first = err;
    r->when = 0; /* the next one at once */
}

/* What has begun is under way.  Its socket is new to the poller, so whatever is to be
 * told of it is told after this. */
static int keep(struct race *r, int fd, int to)
{
    int err;
    struct desc *d = desc_hold(fd, &err);
    if (!d) {
        desc_close(fd);
        return -err;
    }
    r->on[r->n].d = d;
    r->on[r->n].side = DESC_WRITE;
    r->on[r->n].seen = desc_seen(d, DESC_WRITE);
    r->address[r->n++] = to;
    return 0;
}

/* Its socket, released. */
static int take_out(struct race *r, int i)
{
    struct desc *d = r->on[i].d;
    for (r->n--; i < r->n; i++) {
        r->on[i] = r->on[i + 1];
        r->address[i] = r->address[i + 1];
    }
    desc_release(d);
    return d->fd;
}

/* Begin those whose time has come.  The winner, or -EINPROGRESS, or all have failed. */
static int begin_due(struct race *r)
{
    while (r->next < r->to->n) {
        const int64_t now = go_now();
        if (now < r->when)
            break;
        const int to = r->next++;
        int fd, err = begin(r, to, &fd);
        if (!err)
            return fd;
        if (err == -EINPROGRESS)
            err = keep(r, fd, to);
        if (err)
            failed(r, to, err);
        else
            r->when = now + pause_now(r, now);
    }
    return r->n ? -EINPROGRESS : r->first;
}

/* The kernel has news of an attempt, or somebody closes its number. */
static int look(struct race *r, int i)
{
    const int to = r->address[i];
    struct desc *d = r->on[i].d;
    r->on[i].seen = desc_seen(d, DESC_WRITE);
    int err = desc_begin(d, DESC_WRITE);
    if (!err)
        err = try(r, d->fd, to);
    if (err == -EINPROGRESS)
        return err;
    int fd = take_out(r, i);
    if (!err)
        return fd;
    desc_close(fd);
    failed(r, to, err);
    return -EINPROGRESS;
}

/* Of two that are through, the one that began first. */
static int look_at_all(struct race *r)
{
    for (int i = 0; i < r->n;) {
        const int n = r->n;
        int fd = look(r, i);
        if (fd != -EINPROGRESS)
            return fd;
        i += r->n == n;
    }
    return -EINPROGRESS;
}

/* Until there are news, the next may begin, or the call is over. */
static int wait_for_news(struct race *r)
{
    const bool more = r->next < r->to->n && r->when < r->end;
    const struct until u = { more ? r->when : r->bound.deadline, cancel_of(r->bound.ctx) };
    int err = several_wait(r->on, r->n, u);
    if (!err)
        return look_at_all(r);
    if (err != -ETIMEDOUT)
        return err;
    err = bound_over(r->bound);
    return err ? err : -EINPROGRESS;
}

static int run(struct race *r)
{
    for (;;) {
        int fd = begin_due(r);
        if (fd == -EINPROGRESS)
            fd = wait_for_news(r);
        if (fd != -EINPROGRESS)
            return fd;
    }
}

int dial_race(const struct network *net, const struct address_list *local,
              const struct address_list *to, struct bound b)
{
    struct race r; /* large: only what is used is touched */
    r.net = net;
    r.local = local;
    r.to = to;
    r.bound = b;
    r.end = bound_end(b);
    r.when = 0;
    r.next = r.first = r.n = 0;
    int fd = run(&r);
    while (r.n)
        desc_close(take_out(&r, r.n - 1));
    if (fd >= 0 && net->type == SOCK_STREAM)
        tcp_defaults(fd);
    return fd;
}
