/* SPDX-License-Identifier: MIT */
/* What every other header of the library needs: linkage, units, errno. */
#ifndef GOROUTINE_BASE_H
#define GOROUTINE_BASE_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define GO_BEGIN_DECLS extern "C" {
#define GO_END_DECLS   }
#else
#define GO_BEGIN_DECLS
#define GO_END_DECLS
#endif

#define GO_API        __attribute__((visibility("default")))
#define GO_MUST_CHECK __attribute__((warn_unused_result))

/* Durations and times are int64_t nanoseconds. */
#define GO_NANOSECOND  INT64_C(1)
#define GO_MICROSECOND (1000 * GO_NANOSECOND)
#define GO_MILLISECOND (1000 * GO_MICROSECOND)
#define GO_SECOND      (1000 * GO_MILLISECOND)
#define GO_MINUTE      (60 * GO_SECOND)
#define GO_HOUR        (60 * GO_MINUTE)

/* The deadline that never comes. */
#define GO_FOREVER INT64_MAX

/* A context; see context.h.  Every call that can wait has a form with _until, which
 * ends at a deadline, and one with _ctx, which ends with a context: -ECANCELED when
 * it was cancelled, -ETIMEDOUT when its deadline passed.  What can be done at once is
 * done all the same.  A NULL context never ends. */
typedef struct go_context go_context;

GO_BEGIN_DECLS

/* go_errno_location - the address of errno on the thread that runs now.
 *
 * A goroutine may be on another thread after any call that parks, and libc
 * declares its own accessor const, so a compiler may keep the old thread's
 * address.  This one is not const.  errno follows the goroutine.
 */
GO_API int *go_errno_location(void);

GO_END_DECLS

#undef errno
#define errno (*go_errno_location())

#endif
