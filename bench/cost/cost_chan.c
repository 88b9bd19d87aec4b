/* SPDX-License-Identifier: MIT */
/* Channels and select. */
#include "cost.h"

enum { MEMBERS = 100, BUFFER = 128, MOST = 64 };

static void echo(go_chan(long) in, go_chan(long) out)
{
    go_range (v, in)
        go_send(out, v + 1);
    go_close(out);
}

static void round_trip(long n)
{
    go_chan(long) ping = go_make(long, 0), pong = go_make(long, 0);
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, echo, ping, pong);
    long sum = 0, v;
    cost_begin();
    for (long i = 0; i < n; i++) {
        go_send(ping, i);
        go_recv(pong, &v);
        sum += v;
    }
    cost_end();
    go_close(ping);
    go_waitgroup_wait(&wg);
    cost_check(sum == n * (n + 1) / 2, "roundtrip");
    go_drop(ping);
    go_drop(pong);
}

static void ring(long n)
{
    go_chan(long) c[MEMBERS];
    for (int i = 0; i < MEMBERS; i++)
        c[i] = go_make(long, 0);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < MEMBERS - 1; i++)
        go_waitgroup_go(&wg, echo, c[i], c[i + 1]);
    long token = 0;
    cost_begin();
    while (token < n) {
        go_send(c[0], token);
        go_recv(c[MEMBERS - 1], &token);
        token++;
    }
    cost_end();
    go_close(c[0]);
    go_waitgroup_wait(&wg);
    cost_check(token == n, "ring");
    for (int i = 0; i < MEMBERS; i++)
        go_drop(c[i]);
}

static void produce(go_chan(long) c, long n)
{
    for (long i = 0; i < n; i++)
        go_send(c, i);
    go_close(c);
}

static void stream(long n)
{
    go_chan(long) c = go_make(long, BUFFER);
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, produce, c, n);
    long sum = 0;
    cost_begin();
    go_range (v, c)
        sum += v;
    cost_end();
    go_waitgroup_wait(&wg);
    cost_check(sum == n * (n - 1) / 2, "stream");
    go_drop(c);
}

static void send_and_receive(long n)
{
    go_chan(long) c = go_make(long, 1);
    long sum = 0, v;
    cost_begin();
    for (long i = 0; i < n; i++) {
        go_send(c, i);
        go_recv(c, &v);
        sum += v;
    }
    cost_end();
    cost_check(sum == n * (n - 1) / 2, "self");
    go_drop(c);
}

/* A channel with room for n values. */
static go_chan(long) make_filled(long n)
{
    go_chan(long) c = go_make(long, n);
    for (long i = 0; i < n; i++)
        go_send(c, i);
    return c;
}

static void send_alone(long n)
{
    go_chan(long) c = go_make(long, n);
    cost_begin();
    for (long i = 0; i < n; i++)
        go_send(c, i);
    cost_end();
    cost_check(go_len(c) == (size_t)n, "send");
    go_drop(c);
}

static void receive_alone(long n)
{
    go_chan(long) c = make_filled(n);
    long sum = 0, v;
    cost_begin();
    for (long i = 0; i < n; i++) {
        go_recv(c, &v);
        sum += v;
    }
    cost_end();
    cost_check(sum == n * (n - 1) / 2, "recv");
    go_drop(c);
}

static void try_send(long n)
{
    go_chan(long) c = make_filled(1);
    long refused = 0;
    cost_begin();
    for (long i = 0; i < n; i++)
        refused += go_try_send(c, i) == -EAGAIN;
    cost_end();
    cost_check(refused == n, "try.send");
    go_drop(c);
}

static void try_receive(long n)
{
    go_chan(long) c = go_make(long, 1);
    long refused = 0, v;
    cost_begin();
    for (long i = 0; i < n; i++)
        refused += go_try_recv(c, &v) == -EAGAIN;
    cost_end();
    cost_check(refused == n, "try.recv");
    go_drop(c);
}

static void select_default(long n)
{
    go_chan(long) a = go_make(long, 1), b = go_make(long, 1);
    long refused = 0, v;
    cost_begin();
    for (long i = 0; i < n; i++)
        refused += go_select(go_on_recv(a, &v), go_on_recv(b, &v), go_default()) == 2;
    cost_end();
    cost_check(refused == n, "select.default");
    go_drop(a);
    go_drop(b);
}

/* The last of k channels has values, the others have none. */
static void select_ready(int k, long n)
{
    go_chan(long) c[MOST];
    struct go_case cases[MOST];
    long sum = 0, v;
    for (int i = 0; i < k; i++) {
        c[i] = i == k - 1 ? make_filled(n) : go_make(long, 0);
        cases[i] = go_on_recv(c[i], &v);
    }
    cost_begin();
    for (long i = 0; i < n; i++) {
        go_select_cases(cases, k);
        sum += v;
    }
    cost_end();
    cost_check(sum == n * (n - 1) / 2, "select");
    for (int i = 0; i < k; i++)
        go_drop(c[i]);
}

/* Lets the receiver go on, and park again, before the next value comes. */
static void send_in_turn(go_chan(long) *c, int k, long n)
{
    for (long i = 0; i < n; i++) {
        go_send(c[i % k], i);
        go_yield();
    }
}

/* Every select parks; a send to it and a yield are counted too. */
static void select_parks(int k, long n)
{
    go_chan(long) c[MOST];
    struct go_case cases[MOST];
    long sum = 0, v;
    for (int i = 0; i < k; i++) {
        c[i] = go_make(long, 0);
        cases[i] = go_on_recv(c[i], &v);
    }
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, send_in_turn, c, k, n);
    cost_begin();
    for (long i = 0; i < n; i++) {
        go_select_cases(cases, k);
        sum += v;
    }
    cost_end();
    go_waitgroup_wait(&wg);
    cost_check(sum == n * (n - 1) / 2, "select.park");
    for (int i = 0; i < k; i++)
        go_drop(c[i]);
}

static void select_1(long n)
{
    select_ready(1, n);
}

static void select_4(long n)
{
    select_ready(4, n);
}

static void select_64(long n)
{
    select_ready(64, n);
}

static void select_1_parks(long n)
{
    select_parks(1, n);
}

static void select_4_parks(long n)
{
    select_parks(4, n);
}

static void select_64_parks(long n)
{
    select_parks(64, n);
}

const struct cost_op cost_chan_ops[] = {
    { "roundtrip", round_trip, 5000 },
    { "ring", ring, 10000 },
    { "stream", stream, 10000 },
    { "self", send_and_receive, 10000 },
    { "send", send_alone, 10000 },
    { "recv", receive_alone, 10000 },
    { "try.send", try_send, 10000 },
    { "try.recv", try_receive, 10000 },
    { "select.default", select_default, 10000 },
    { "select.1", select_1, 5000 },
    { "select.4", select_4, 5000 },
    { "select.64", select_64, 1000 },
    { "select.1.park", select_1_parks, 3000 },
    { "select.4.park", select_4_parks, 3000 },
    { "select.64.park", select_64_parks, 300 },
    { NULL, NULL, 0 },
};
