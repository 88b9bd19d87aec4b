/* SPDX-License-Identifier: MIT */
/* Signals that the library has taken for itself. */
#ifndef OS_SIGKEEP_H
#define OS_SIGKEEP_H

#include <stdbool.h>

/* signal_keep - sig is ours from now on. */
void signal_keep(int sig);
bool signal_kept(int sig);

#endif
