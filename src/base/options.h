/* SPDX-License-Identifier: MIT */
/* What the environment asks for: GOMAXPROCS, GOMAXGOROUTINES, GOSTACK,
 * GO_DEBUG.
 * Read once at start; a value that makes no sense is reported once on stderr
 * and ignored. */
#ifndef BASE_OPTIONS_H
#define BASE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fail_kind { FAIL_MMAP, FAIL_THREAD, FAIL_MALLOC, FAIL_EPOLL, FAIL_KINDS };

struct options {
    int maxprocs;                /* 0: not given */
    size_t stack;                /* 0: not given */
    unsigned max_threads;        /* default 10000, as in Go */
    uint64_t chaos;              /* seed; 0: off */
    int64_t fail_at[FAIL_KINDS]; /* the call that fails, counted from 1; 0: none */
    int64_t max_goroutines;      /* 0: no limit */
    int64_t long_run;            /* ns of computing to be reported; 0: off */
    int64_t pack;                /* ns of waiting after which a stack is packed; 0: off */
    int long_signal;             /* 0: not given */
    bool cputime;                /* count the CPU time of goroutines */
    bool leaks;                  /* report leaked goroutines at the end */
    bool no_lines;               /* traces without source lines */
    bool no_guard;               /* pretend the kernel has no MADV_GUARD_INSTALL */
    bool no_uring;               /* nor io_uring */
    bool no_pidfd;               /* nor pidfd_open */
};

extern struct options options;

void options_read(void);

/* fault - true if this call of its kind is the one that must fail. */
bool fault(enum fail_kind kind);

#endif
