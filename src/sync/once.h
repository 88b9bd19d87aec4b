/* SPDX-License-Identifier: MIT */
/* States of go_once; what they mean is in once.c. */
#ifndef SYNC_ONCE_H
#define SYNC_ONCE_H

enum { ONCE_IDLE, ONCE_RUNNING, ONCE_WAITED, ONCE_DONE };

#endif
