/* SPDX-License-Identifier: MIT */
#ifndef NET_SENDMSG_H
#define NET_SENDMSG_H

#include "net/call.h"

/* send_later - a send said EAGAIN: how to wait.
 *
 * The kernel tells when there is room in the socket; but not when there is room again at
 * the far end of a Unix datagram socket, to which this one need not be connected: then
 * poll(2) says that it may be written to though it may not. */
ssize_t send_later(struct desc *d);

#endif
