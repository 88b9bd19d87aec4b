/* SPDX-License-Identifier: MIT */
/* States of go_once; what they mean is in once.c. */
#ifndef SYNC_ONCE_H
#define SYNC_ONCE_H

#include "sched/park.h"

#include <goroutine/sync.h>

enum { ONCE_IDLE, ONCE_RUNNING, ONCE_WAITED, ONCE_DONE };

/* once_enter - true: the caller runs the function, then calls once_finish.  Else it has
 * been run, by another that was waited for. */
bool once_enter(go_once *o);

/* once_enter_until - 1: the caller runs it; 0: it has been run; or how the bound ended. */
int once_enter_until(go_once *o, struct until u);
void once_finish(go_once *o);

#endif
