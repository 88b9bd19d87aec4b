/* SPDX-License-Identifier: MIT */
#ifndef NET_WRITE_H
#define NET_WRITE_H

#include "net/call.h"

/* write_some - as much as goes now, whatever it is: as an io_try. */
ssize_t write_some(struct desc *d, const char *buf, size_t n);

#endif
