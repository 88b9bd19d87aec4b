/* SPDX-License-Identifier: MIT */
/* Walking through an array of buffers, some bytes of which are done. */
#ifndef NET_VECTOR_H
#define NET_VECTOR_H

#include <limits.h>
#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

/* What is left: iov[0 .. n), without the first skip bytes of it. */
struct vector {
    const struct iovec *iov;
    int n;
    size_t skip;
};

/* As many buffers are taken at a time once the first have been done. */
enum { VECTOR_PART = 16 };

/* vector_len - all bytes; SIZE_MAX if they are more than a call can return. */
size_t vector_len(const struct iovec *iov, int n);

/* vector_part - the next buffers, at most max bytes in them; how many. */
int vector_part(const struct vector *v, struct iovec part[VECTOR_PART], size_t max);

/* vector_advance - n bytes more are done. */
void vector_advance(struct vector *v, size_t n);

#endif
