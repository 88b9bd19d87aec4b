/* SPDX-License-Identifier: MIT */
/* Stopping every thread of the process, wherever it is.
 *
 * world_stop does not stop goroutines that are in user code, nor foreign threads.
 * Who looks for pointers must: one that runs may move a pointer from where it has
 * not been looked for yet to where it has.  The other threads get a signal, and
 * stay in its handler until they are let go.  So a system call that they are in
 * is interrupted, as by any handled signal with SA_RESTART: a few kinds of calls
 * (poll, nanosleep and their like) end with EINTR.
 *
 * While they are stopped they may hold any lock: of the C library, of ours.  The
 * caller takes none and allocates only from the kernel.
 */
#ifndef DEBUG_HALT_H
#define DEBUG_HALT_H

#include "debug/spans.h"

#include <stdbool.h>
#include <stdint.h>

struct m;

/* One thread that is stopped. */
struct halted {
    uintptr_t sp, pc;
    struct span frame; /* the signal's frame, with all registers */
    struct span alt;   /* its stack for signals, if that is where the frame is */
    uintptr_t thread;  /* its pthread_self() */
    void *pending;     /* where its go_call_pending_ is */
    struct m *m;       /* m_none if it never called the library, or ended */
};

/* States of a halt: asked -> complete -> released; one at a time, under the
 * revoke lock, which the caller has from world_stop. */
struct halt {
    struct halted *v; /* slots; each written by its thread, then counted in n */
    uint32_t cap;     /* immutable while asked */
    uint32_t taken;   /* atomic: slots given out */
    uint32_t n;       /* atomic: slots written.  Release, pairs with halt_begin */
};

/* halt_begin - stop all but the calling thread and the monitor, which runs no user
 * code.  0; -EAGAIN if one does not answer (it blocks all signals, or hangs in
 * the kernel); -ENOMEM.  With an error nobody is stopped. */
int halt_begin(struct halt *h);

/* halt_end - let them go on. */
void halt_end(struct halt *h);

#endif
