/* SPDX-License-Identifier: MIT */
/* The functions that stand in for libc's, and libc's own.
 *
 * HOOK(int, poll, struct pollfd *fds, ...) { } defines what other objects find as poll,
 * and in C is hook_poll: libc's declarations, inline forms and argument unions do not
 * get in the way.  A second, hidden name of the same code, mine_poll, tells what the
 * dynamic linker found from what is here (in_force.c).
 *
 * REAL(poll) is the next poll behind ours: libc's, or that of a sanitizer or another
 * library between.  Nothing here may call a hooked function but through REAL.
 *
 * A hook parks by calls of <goroutine/fd.h> that wait and do nothing else, never by the
 * go_ counterpart of what it stands in for: the library's own calls find the hooks too,
 * and would come back here (docs/design/posix.md).
 */
#ifndef POSIX_HOOKS_H
#define POSIX_HOOKS_H

#include <goroutine/fd.h>
#include <goroutine/go.h>

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

/* What is hooked, and has an original in every libc that we are built with. */
#define EACH_HOOK(X)                                                                               \
    X(read)                                                                                        \
    X(write)                                                                                       \
    X(readv)                                                                                       \
    X(writev)                                                                                      \
    X(recv)                                                                                        \
    X(send)                                                                                        \
    X(recvfrom)                                                                                    \
    X(sendto)                                                                                      \
    X(recvmsg)                                                                                     \
    X(sendmsg)                                                                                     \
    X(recvmmsg)                                                                                    \
    X(sendmmsg)                                                                                    \
    X(accept)                                                                                      \
    X(accept4)                                                                                     \
    X(connect)                                                                                     \
    X(close)                                                                                       \
    X(poll)                                                                                        \
    X(ppoll)                                                                                       \
    X(select)                                                                                      \
    X(pselect)                                                                                     \
    X(epoll_wait)                                                                                  \
    X(epoll_pwait)                                                                                 \
    X(sleep)                                                                                       \
    X(usleep)                                                                                      \
    X(nanosleep)                                                                                   \
    X(clock_nanosleep)                                                                             \
    X(getaddrinfo)                                                                                 \
    X(getnameinfo)                                                                                 \
    X(gethostbyname)                                                                               \
    X(gethostbyname2)                                                                              \
    X(gethostbyaddr)                                                                               \
    X(gethostbyname_r)                                                                             \
    X(gethostbyname2_r)                                                                            \
    X(gethostbyaddr_r)                                                                             \
    X(wait)                                                                                        \
    X(waitpid)                                                                                     \
    X(waitid)                                                                                      \
    X(wait3)                                                                                       \
    X(wait4)                                                                                       \
    X(flock)                                                                                       \
    X(lockf)                                                                                       \
    X(lockf64)                                                                                     \
    X(fcntl)                                                                                       \
    X(fcntl64)                                                                                     \
    X(pthread_mutex_lock)                                                                          \
    X(pthread_mutex_trylock)                                                                       \
    X(pthread_mutex_timedlock)                                                                     \
    X(pthread_mutex_clocklock)                                                                     \
    X(pthread_mutex_unlock)                                                                        \
    X(pthread_rwlock_rdlock)                                                                       \
    X(pthread_rwlock_tryrdlock)                                                                    \
    X(pthread_rwlock_timedrdlock)                                                                  \
    X(pthread_rwlock_clockrdlock)                                                                  \
    X(pthread_rwlock_wrlock)                                                                       \
    X(pthread_rwlock_trywrlock)                                                                    \
    X(pthread_rwlock_timedwrlock)                                                                  \
    X(pthread_rwlock_clockwrlock)                                                                  \
    X(pthread_rwlock_unlock)                                                                       \
    X(mtx_lock)                                                                                    \
    X(mtx_trylock)                                                                                 \
    X(mtx_timedlock)                                                                               \
    X(mtx_unlock)                                                                                  \
    X(flockfile)                                                                                   \
    X(ftrylockfile)                                                                                \
    X(funlockfile)                                                                                 \
    X(epoll_pwait2)

enum real_index {
#define NUMBER_OF(name) REAL_##name,
    EACH_HOOK(NUMBER_OF)
#undef NUMBER_OF
        REALS
};

/* atomic: NULL, then imm.  Found when the library is loaded, or by a call before that. */
extern void *real_address[REALS];
void *real_find(enum real_index i);

static inline void *real_at(enum real_index i)
{
    void *p = __atomic_load_n(&real_address[i], __ATOMIC_RELAXED);
    return __builtin_expect(p != NULL, 1) ? p : real_find(i);
}

/* A function pointer and a pointer to data are the same thing here (POSIX dlsym). */
#define REAL(name) ((__typeof__(&name))real_at(REAL_##name))

#define HOOK(type, name, ...)                                                                      \
    GO_API type hook_##name(__VA_ARGS__) __asm__(#name);                                           \
    extern __typeof__(hook_##name) mine_##name                                                     \
        __attribute__((alias(#name), visibility("hidden")));                                       \
    type hook_##name(__VA_ARGS__)

/* Another name that libc has for the same: of a fortified program, of an old library. */
#define HOOK_ALSO(type, other, ...)                                                                \
    GO_API type also_##other(__VA_ARGS__) __asm__(#other);                                         \
    type also_##other(__VA_ARGS__)

#endif
