/* SPDX-License-Identifier: MIT */
/* A wire between two network namespaces that delays packets, loses some, and can be cut.
 *
 * By two tun devices and a process that carries packets from one to the other: the kernel's
 * own (tc netem) is not in every kernel.  Needs root, or a user namespace of one's own. */
#ifndef TESTS_WIRE_H
#define TESTS_WIRE_H

#include "check.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define WIRE_NEAR "10.77.0.1"
#define WIRE_FAR  "10.77.0.2"

struct wire {
    int near_ns, far_ns; /* descriptors of the namespaces */
    pid_t carrier;       /* SIGUSR1 cuts the wire */
};

enum { WIRE_MTU = 1500, WIRE_ROOM = 4096 };

struct wire_packet {
    int64_t due;
    int to, size;
    char bytes[WIRE_MTU];
};

/* Only the carrier's. */
static struct wire_packet wire_ring[WIRE_ROOM];
static volatile sig_atomic_t wire_is_cut;

static inline void wire_cut(int sig)
{
    (void)sig;
    wire_is_cut = 1;
}

static inline int64_t wire_clock(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* wire_carry - for ever: what comes from one goes to the other after delay nanoseconds, but
 * for one in lost.  In order, since all wait equally long. */
static inline void wire_carry(const int tun[2], int64_t delay, unsigned lost)
{
    unsigned head = 0, tail = 0, random = 1;
    for (;;) {
        struct pollfd p[2] = { { tun[0], POLLIN, 0 }, { tun[1], POLLIN, 0 } };
        int64_t now = wire_clock();
        for (; head != tail && wire_ring[head % WIRE_ROOM].due <= now; head++) {
            struct wire_packet *k = &wire_ring[head % WIRE_ROOM];
            if (!wire_is_cut && write(k->to, k->bytes, (size_t)k->size) < 0)
                continue; /* lost */
        }
        struct timespec until = { 1, 0 };
        if (head != tail)
            until = (struct timespec){ 0, (long)(wire_ring[head % WIRE_ROOM].due - now) };
        if (ppoll(p, 2, &until, NULL) <= 0)
            continue;
        for (int i = 0; i < 2; i++) {
            struct wire_packet *k = &wire_ring[tail % WIRE_ROOM];
            if (!(p[i].revents & POLLIN))
                continue;
            k->size = (int)read(tun[i], k->bytes, sizeof k->bytes);
            k->to = tun[1 - i];
            k->due = wire_clock() + delay;
            random = random * 1103515245 + 12345;
            if (k->size > 0 && tail - head < WIRE_ROOM - 1 && (random >> 16) % lost != 0)
                tail++;
        }
    }
}

static inline bool wire_up(const char *name, const char *address)
{
    struct ifreq r;
    struct sockaddr_in a = { .sin_family = AF_INET };
    int s = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    memset(&r, 0, sizeof r);
    snprintf(r.ifr_name, sizeof r.ifr_name, "%s", name);
    inet_pton(AF_INET, address, &a.sin_addr);
    memcpy(&r.ifr_addr, &a, sizeof a);
    bool ok = ioctl(s, SIOCSIFADDR, &r) == 0;
    inet_pton(AF_INET, "255.255.255.0", &a.sin_addr);
    memcpy(&r.ifr_netmask, &a, sizeof a);
    ok = ok && ioctl(s, SIOCSIFNETMASK, &r) == 0;
    r.ifr_flags = IFF_UP | IFF_RUNNING;
    ok = ok && ioctl(s, SIOCSIFFLAGS, &r) == 0;
    close(s);
    return ok;
}

/* One end, in a namespace of its own in which this process then is.  -1: not here. */
static inline int wire_end(const char *address, int *ns)
{
    struct ifreq r;
    if (unshare(CLONE_NEWNET) != 0)
        return -1;
    int tun = open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);
    *ns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    memset(&r, 0, sizeof r);
    snprintf(r.ifr_name, sizeof r.ifr_name, "wire");
    r.ifr_flags = IFF_TUN | IFF_NO_PI;
    if (tun < 0 || *ns < 0 || ioctl(tun, TUNSETIFF, &r) != 0 || !wire_up("wire", address))
        return -1;
    return tun;
}

/* wire_make - before the first call of the library, which makes threads.  The process is in
 * neither namespace that matters then: setns(2) takes it into one.  false: it cannot be
 * done here. */
static inline bool wire_make(struct wire *w, int64_t delay, unsigned lost)
{
    int tun[2];
    if ((tun[0] = wire_end(WIRE_NEAR, &w->near_ns)) < 0 ||
        (tun[1] = wire_end(WIRE_FAR, &w->far_ns)) < 0)
        return false;
    w->carrier = fork();
    CHECK(w->carrier >= 0);
    if (w->carrier == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        signal(SIGUSR1, wire_cut);
        wire_carry(tun, delay, lost);
    }
    close(tun[0]);
    close(tun[1]);
    return true;
}

#endif
