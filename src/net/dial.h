/* SPDX-License-Identifier: MIT */
/* Sockets that are about to be connected or bound. */
#ifndef NET_DIAL_H
#define NET_DIAL_H

#include "net/resolve.h"

/* socket_new - for that network, in a family; known to src/poll.  Or a negative errno. */
int socket_new(const struct network *net, sa_family_t family);

/* tcp_defaults - what a TCP connection has, and inherits from its listener. */
void tcp_defaults(int fd);

/* dial_race - connect to the first of the list that answers.  local: NULL, or from where.
 * The descriptor, or an error; nothing is left of the others. */
int dial_race(const struct network *net, const struct address_list *local,
              const struct address_list *to, struct bound b);

/* unix_bind - 0 or a negative errno. */
int unix_bind(int fd, const char *path);

#endif
