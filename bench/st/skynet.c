/* SPDX-License-Identifier: MIT */
/* Skynet: a tree of threads, ten children each, sums its leaves' numbers. */
#include "channel.h"

enum { CHILDREN = 10 };

struct node {
    channel *up;
    long first, leaves;
};

static void *node(void *arg);

static long sum_of_children(const struct node *n)
{
    struct node child[CHILDREN];
    channel *sums = channel_new(0);
    long part = n->leaves / CHILDREN, sum = 0, v;
    for (int i = 0; i < CHILDREN; i++) {
        child[i] = (struct node){ sums, n->first + i * part, part };
        threads_start(node, &child[i]);
    }
    for (int i = 0; i < CHILDREN; i++) {
        channel_receive(sums, &v);
        sum += v;
    }
    channel_free(sums);
    return sum;
}

static void *node(void *arg)
{
    const struct node *n = arg;
    channel_send(n->up, n->leaves == 1 ? n->first : sum_of_children(n));
    return NULL;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), sum;
    threads_init();
    channel *up = channel_new(0);
    struct node root = { up, 0, n };
    struct report_span start = report_start();
    threads_start(node, &root);
    channel_receive(up, &sum);
    report_millis("skynet", start);
    if (sum != n * (n - 1) / 2)
        report_fail("skynet: wrong sum %ld", sum);
    channel_free(up);
}
