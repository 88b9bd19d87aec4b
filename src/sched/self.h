/* SPDX-License-Identifier: MIT */
/* The M of the running thread. */
#ifndef SCHED_SELF_H
#define SCHED_SELF_H

#include "sched/types.h"

/* Initial-exec, so that it is two loads.  A thread that has no M points at
 * m_none, whose state is R_ALIEN for ever. */
extern __thread struct m *go_tls_m_
    __attribute__((tls_model("initial-exec"), visibility("hidden")));
extern struct m m_none;

/* Read anew at every call: the goroutine may have changed threads, and a
 * compiler would keep the address of a thread-local. */
static inline struct m *m_self(void)
{
    return ARCH_TLS_LOAD(go_tls_m_);
}

#endif
