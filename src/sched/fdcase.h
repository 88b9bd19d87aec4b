/* SPDX-License-Identifier: MIT */
/* Cases of a select that wait for a descriptor.  Used by src/chan, made by src/poll,
 * neither of which knows the other. */
#ifndef SCHED_FDCASE_H
#define SCHED_FDCASE_H

#include "sched/types.h"
#include "sched/waitq.h"

struct desc;

/* On the stack of the select, or in its memory; its alone. */
struct fd_case {
    struct desc *d; /* held; NULL: there is none, and a call would fail at once */
    int fd;
    int index;     /* of the case */
    bool write;    /* else read */
    bool ready;    /* at the last look: a call would not park */
    uint32_t seen; /* before the last look */
};

/* The first two and the last: not inside the runtime. */
void fd_cases_begin(struct fd_case *f, int n);
/* exactly: what is ready at this moment.  Else what is not may be told by an event. */
void fd_cases_look(struct fd_case *f, int n, bool exactly);
/* false: something has happened since the look. */
bool fd_case_enqueue(struct m *m, struct fd_case *f, struct go_waiter_ *w);
void fd_case_dequeue(struct fd_case *f, struct go_waiter_ *w);
void fd_cases_end(struct fd_case *f, int n);

#endif
