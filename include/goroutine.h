/* SPDX-License-Identifier: MIT */
/* Goroutines for C: everything but the network.
 *
 * No initialisation call: the thread that runs main becomes the main goroutine
 * at its first use of the library, and the program ends when main returns.
 */
#ifndef GOROUTINE_H
#define GOROUTINE_H

#include <goroutine/base.h>

#include <goroutine/atomic.h>
#include <goroutine/chan.h>
#include <goroutine/context.h>
#include <goroutine/debug.h>
#include <goroutine/go.h>
#include <goroutine/join.h>
#include <goroutine/group.h>
#include <goroutine/map.h>
#include <goroutine/once.h>
#include <goroutine/panic.h>
#include <goroutine/pool.h>
#include <goroutine/select.h>
#include <goroutine/sema.h>
#include <goroutine/sync.h>
#include <goroutine/time.h>

#endif
