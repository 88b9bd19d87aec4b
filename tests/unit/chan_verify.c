/* SPDX-License-Identifier: MIT */
/* chan_verify sees each invariant broken, and nothing wrong in a channel that is
 * sound.  Each case is a child process, which a broken invariant aborts. */
#include "chan/chan.h"
#include "check.h"

#include <fcntl.h>
#include <goroutine.h>
#include <sys/wait.h>
#include <unistd.h>

static uint32_t mine, other, dead = 1;
static struct g *somebody;
static struct go_waiter_ w1, w2;

static void queue(go_waitq_ *q, struct go_waiter_ *w, uint32_t *claim)
{
    *w = (struct go_waiter_){ .g = somebody, .claim = claim };
    waitq_push(q, w);
}

/* Sound. */
static void empty(struct go_chan_ *c)
{
    (void)c;
}
static void one_receiver(struct go_chan_ *c)
{
    queue(&c->recvq, &w1, NULL);
}
static void dead_receiver_and_value(struct go_chan_ *c)
{
    queue(&c->recvq, &w1, &dead);
    queue(&c->sendq, &w2, &dead);
    static const char v[16];
    chan_put(c, v);
    c->count = 1;
}
static void one_select_on_both_sides(struct go_chan_ *c)
{
    c->cap = 0;
    queue(&c->recvq, &w1, &mine);
    queue(&c->sendq, &w2, &mine);
}

/* Broken. */
static void c1_two_meet(struct go_chan_ *c)
{
    c->cap = 0;
    queue(&c->recvq, &w1, &mine);
    queue(&c->sendq, &w2, &other);
}
static void c1_two_plain(struct go_chan_ *c)
{
    c->cap = 0;
    queue(&c->recvq, &w1, NULL);
    queue(&c->sendq, &w2, NULL);
}
static void c2_value_and_receiver(struct go_chan_ *c)
{
    one_receiver(c);
    c->count = c->wr = 1;
}
static void c2_room_and_sender(struct go_chan_ *c)
{
    queue(&c->sendq, &w1, &mine);
}
static void c3_closed_and_receiver(struct go_chan_ *c)
{
    one_receiver(c);
    c->sendq.lock_ = 1;
}
static void c4_too_many(struct go_chan_ *c)
{
    c->count = c->cap + 1;
    c->wr = 1;
}
static void c4_index(struct go_chan_ *c)
{
    c->rd = 1;
}
static void c4_index_outside(struct go_chan_ *c)
{
    c->rd = c->wr = (uint32_t)c->cap;
}
static void c4_link(struct go_chan_ *c)
{
    queue(&c->recvq, &w1, NULL);
    queue(&c->recvq, &w2, NULL);
    w2.prev = NULL;
}
static void c4_length(struct go_chan_ *c)
{
    one_receiver(c);
    c->recvq.len_ = 2;
}
static void c4_tail(struct go_chan_ *c)
{
    one_receiver(c);
    c->recvq.tail_ = &w2;
}
static void c5_no_holder(struct go_chan_ *c)
{
    c->holders = 0;
}

static void (*const sound[])(struct go_chan_ *) = { empty, one_receiver, dead_receiver_and_value,
                                                    one_select_on_both_sides };
static void (*const broken[])(struct go_chan_ *) = {
    c1_two_meet,
    c1_two_plain,
    c2_value_and_receiver,
    c2_room_and_sender,
    c3_closed_and_receiver,
    c4_too_many,
    c4_index,
    c4_index_outside,
    c4_link,
    c4_length,
    c4_tail,
    c5_no_holder,
};

/* The signal that ended a child in which f has changed a channel, or 0. */
static int outcome(void (*f)(struct go_chan_ *))
{
    pid_t pid = fork();
    if (pid == 0) {
        struct go_chan_ *c = go_chan_make_(sizeof(int), 3);
        dup2(open("/dev/null", O_WRONLY), 2);
        f(c);
        chan_verify(c);
        _Exit(0);
    }
    int status;
    CHECK_EQ(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

int main(void)
{
    static char g[sizeof(struct g)];
    somebody = (struct g *)g;
    for (size_t i = 0; i < sizeof sound / sizeof *sound; i++)
        CHECK_EQ(outcome(sound[i]), 0);
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        int how = outcome(broken[i]);
        if (how != SIGABRT)
            fprintf(stderr, "broken[%zu]\n", i);
        CHECK_EQ(how, SIGABRT);
    }
}
