/* SPDX-License-Identifier: MIT */
#include "net/vector.h"

#include <stdint.h>

size_t vector_len(const struct iovec *iov, int n)
{
    size_t sum = 0;
    for (int i = 0; i < n; i++) {
        if (iov[i].iov_len > SSIZE_MAX - sum)
            return SIZE_MAX;
        sum += iov[i].iov_len;
    }
    return sum;
}

int vector_part(const struct vector *v, struct iovec part[VECTOR_PART], size_t max)
{
    int k = 0;
    size_t skip = v->skip;
    for (int i = 0; i < v->n && k < VECTOR_PART && max; i++, skip = 0) {
        size_t len = v->iov[i].iov_len - skip;
        if (len == 0)
            continue;
        part[k] = (struct iovec){ (char *)v->iov[i].iov_base + skip, len < max ? len : max };
        max -= part[k++].iov_len;
    }
    return k;
}

void vector_advance(struct vector *v, size_t n)
{
    v->skip += n;
    while (v->n && v->skip >= v->iov->iov_len) {
        v->skip -= v->iov->iov_len;
        v->iov++;
        v->n--;
    }
}
