/* SPDX-License-Identifier: MIT */
/* What the two load programs share: a histogram of latencies, the clock, the CPU time
 * and the memory of the server, connecting.  One thread, plain epoll, none of the library
 * that is measured. */
#ifndef LOAD_H
#define LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

/* die - end the program with a message, and the text of errno if that is set. */
void die(const char *fmt, ...) __attribute__((noreturn, format(printf, 1, 2)));

int64_t now_ns(void);

/* Latencies in nanoseconds, each counted in a class less than 1.6 % wide. */
enum { HIST_SUB = 64, HIST_CLASSES = 40 * HIST_SUB };
struct hist {
    uint64_t total, max;
    uint64_t count[HIST_CLASSES];
};
void hist_add(struct hist *h, uint64_t ns);
/* hist_at - the latency that the share q of all did not exceed, in microseconds. */
double hist_at(const struct hist *h, double q);

/* The server under load; 0: unknown, its figures are 0. */
struct server {
    int pid;
};
/* server_cpu - seconds of CPU that it has used, in the kernel and out of it. */
double server_cpu(struct server s);
/* server_memory - bytes resident, page tables included. */
long server_memory(struct server s);

/* A window of measurement: opened when the load is steady. */
struct window {
    struct server server;
    int64_t began, ended;
    double cpu_began, cpu_ended;
};
void window_open(struct window *w);
void window_close(struct window *w);
/* window_print - one line of NAME=VALUE pairs: see run.sh, which reads them. */
void window_print(const struct window *w, const struct hist *h, int connections);
/* idle_print - what each of the connections costs that do nothing for some seconds, after
 * a pause; before is the memory without them. */
void idle_print(struct window *w, long before, int connections, double pause, double seconds);

/* parse_address - "127.0.0.1:8080" */
struct sockaddr_in;
void parse_address(const char *text, struct sockaddr_in *out);
/* connect_to - a connected socket without delay, not yet non-blocking. */
int connect_to(const struct sockaddr_in *to);
void set_nonblocking(int fd);
/* raise_descriptor_limit - as far as it goes; ends the program if below n. */
void raise_descriptor_limit(long n);

#endif
