/* SPDX-License-Identifier: MIT */
/* The world outside: descriptors, connections, files, processes, signals. */
#ifndef GOROUTINE_NET_H
#define GOROUTINE_NET_H

#include <goroutine/dial.h>
#include <goroutine/fd.h>
#include <goroutine/file.h>
#include <goroutine/process.h>
#include <goroutine/signal.h>

#endif
