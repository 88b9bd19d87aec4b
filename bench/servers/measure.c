/* SPDX-License-Identifier: MIT */
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

void die(const char *fmt, ...)
{
    const int err = errno;
    va_list ap;
    va_start(ap, fmt);
    fputs("load: ", stderr);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fprintf(stderr, err ? ": %s\n" : "\n", strerror(err));
    exit(1);
}

int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Below HIST_SUB each number has its class; above, each power of two has HIST_SUB. */
static unsigned class_of(uint64_t ns)
{
    if (ns < HIST_SUB)
        return (unsigned)ns;
    const unsigned shift = 63 - 6 - (unsigned)__builtin_clzll(ns);
    const unsigned class = (shift + 1) * HIST_SUB + (unsigned)(ns >> shift) - HIST_SUB;
    return class < HIST_CLASSES ? class : HIST_CLASSES - 1;
}

static uint64_t top_of(unsigned class)
{
    if (class < HIST_SUB)
        return class;
    const unsigned shift = class / HIST_SUB - 1;
    return ((uint64_t)(class % HIST_SUB + HIST_SUB + 1) << shift) - 1;
}

void hist_add(struct hist *h, uint64_t ns)
{
    h->count[class_of(ns)]++;
    h->total++;
    if (ns > h->max)
        h->max = ns;
}

double hist_at(const struct hist *h, double q)
{
    const uint64_t want = (uint64_t)((double)h->total * q);
    uint64_t seen = 0;
    for (unsigned i = 0; i < HIST_CLASSES; i++) {
        seen += h->count[i];
        if (seen > want)
            return (double)(top_of(i) < h->max ? top_of(i) : h->max) / 1e3;
    }
    return (double)h->max / 1e3;
}

double server_cpu(struct server s)
{
    char path[64], line[1024];
    unsigned long user, system;
    if (!s.pid)
        return 0;
    snprintf(path, sizeof path, "/proc/%d/stat", s.pid);
    FILE *f = fopen(path, "r");
    if (!f || !fgets(line, sizeof line, f))
        die("%s", path);
    fclose(f);
    /* The name, in parentheses, may hold anything. */
    const char *rest = strrchr(line, ')');
    if (!rest ||
        sscanf(rest, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
        die("%s: unreadable", path);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

long server_memory(struct server s)
{
    char path[64], line[256];
    long total = 0, kib;
    if (!s.pid)
        return 0;
    snprintf(path, sizeof path, "/proc/%d/status", s.pid);
    FILE *f = fopen(path, "r");
    if (!f)
        die("%s", path);
    while (fgets(line, sizeof line, f))
        if (sscanf(line, "VmRSS: %ld", &kib) == 1 || sscanf(line, "VmPTE: %ld", &kib) == 1)
            total += kib * 1024;
    fclose(f);
    return total;
}

void window_open(struct window *w)
{
    w->cpu_began = server_cpu(w->server);
    w->began = now_ns();
}

void window_close(struct window *w)
{
    w->ended = now_ns();
    w->cpu_ended = server_cpu(w->server);
}

void window_print(const struct window *w, const struct hist *h, int connections)
{
    const double seconds = (double)(w->ended - w->began) / 1e9;
    const double cpu = w->cpu_ended - w->cpu_began;
    printf("connections=%d seconds=%.2f requests=%llu rate=%.0f cpu=%.2f percpu=%.0f p50=%.1f "
           "p99=%.1f p999=%.1f max=%.1f\n",
           connections, seconds, (unsigned long long)h->total, (double)h->total / seconds, cpu,
           cpu > 0 ? (double)h->total / cpu : 0.0, hist_at(h, 0.5), hist_at(h, 0.99),
           hist_at(h, 0.999), (double)h->max / 1e3);
}

void idle_print(struct window *w, long before, int connections, double pause, double seconds)
{
    usleep((useconds_t)(pause * 1e6));
    window_open(w);
    usleep((useconds_t)(seconds * 1e6));
    window_close(w);
    printf("connections=%d idle_bytes=%ld idle_cpu=%.4f\n", connections,
           (server_memory(w->server) - before) / connections,
           (w->cpu_ended - w->cpu_began) / seconds);
}

void parse_address(const char *text, struct sockaddr_in *out)
{
    char host[64];
    const char *colon = strrchr(text, ':');
    const size_t n = colon ? (size_t)(colon - text) : 0;
    memset(out, 0, sizeof *out);
    out->sin_family = AF_INET;
    errno = 0;
    if (!n || n >= sizeof host)
        die("not an address: %s", text);
    memcpy(host, text, n);
    host[n] = '\0';
    out->sin_port = htons((uint16_t)atoi(colon + 1));
    if (inet_pton(AF_INET, host, &out->sin_addr) != 1)
        die("not an address: %s", text);
}

int connect_to(const struct sockaddr_in *to)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
    if (fd < 0)
        die("socket");
    if (connect(fd, (const struct sockaddr *)to, sizeof *to) != 0)
        die("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

void set_nonblocking(int fd)
{
    if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0)
        die("fcntl");
}

void raise_descriptor_limit(long n)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    errno = 0;
    if ((long)limit.rlim_max < n)
        die("%ld descriptors are needed, and at most %ld allowed", n, (long)limit.rlim_max);
}
