/* SPDX-License-Identifier: MIT */
/* What stands for a select in st: a receiver with a box for each sender, who waits until the
 * receiver has taken what it put there.  The receiver looks from the box after the last one
 * on, so that none is passed over. */
#ifndef BENCH_ST_INBOX_H
#define BENCH_ST_INBOX_H

#include "threads.h"

#include <stdbool.h>

struct inbox_box {
    struct inbox *in;
    st_cond_t taken;
    long value;
    bool full;
};

struct inbox {
    st_cond_t filled;
    int boxes, next;
    struct inbox_box *box;
};

static inline void inbox_init(struct inbox *in, int boxes)
{
    *in = (struct inbox){ st_cond_new(), boxes, 0, calloc((size_t)boxes, sizeof *in->box) };
    if (!in->filled || !in->box)
        report_fail("out of memory");
    for (int i = 0; i < boxes; i++) {
        in->box[i].in = in;
        if (!(in->box[i].taken = st_cond_new()))
            report_fail("out of memory");
    }
}

static inline void inbox_send(struct inbox_box *b, long value)
{
    b->value = value;
    b->full = true;
    st_cond_signal(b->in->filled);
    while (b->full)
        st_cond_wait(b->taken);
}

static inline struct inbox_box *inbox_find(struct inbox *in)
{
    for (int looked = 0; looked < in->boxes; looked++) {
        struct inbox_box *b = &in->box[in->next];
        in->next = in->next + 1 < in->boxes ? in->next + 1 : 0;
        if (b->full)
            return b;
    }
    return NULL;
}

static inline long inbox_receive(struct inbox *in)
{
    struct inbox_box *b;
    while (!(b = inbox_find(in)))
        st_cond_wait(in->filled);
    b->full = false;
    st_cond_signal(b->taken);
    return b->value;
}

struct inbox_sender {
    struct inbox_box *box;
    long n;
};

static inline void *inbox_send_all(void *arg)
{
    const struct inbox_sender *s = arg;
    for (long i = 0; i < s->n; i++)
        inbox_send(s->box, i);
    return NULL;
}

/* inbox_measure - n values in all, by one sender for each box. */
static inline void inbox_measure(const char *name, int boxes, long n)
{
    struct inbox in;
    struct inbox_sender *sender = calloc((size_t)boxes, sizeof *sender);
    long each = n / boxes, sum = 0;
    if (!sender)
        report_fail("out of memory");
    inbox_init(&in, boxes);
    struct report_span start = report_start();
    for (int i = 0; i < boxes; i++) {
        sender[i] = (struct inbox_sender){ &in.box[i], each };
        threads_start(inbox_send_all, &sender[i]);
    }
    for (long i = 0; i < each * boxes; i++)
        sum += inbox_receive(&in);
    report_per_op(name, start, each * boxes);
    if (sum != boxes * (each * (each - 1) / 2))
        report_fail("%s: wrong sum %ld", name, sum);
}

#endif
