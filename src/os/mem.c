/* SPDX-License-Identifier: MIT */
#include "os/mem.h"

#include "base/atomic.h"
#include "base/options.h"

#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif
#ifndef SYS_process_madvise
#define SYS_process_madvise 440
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

/* Half of the default vm.max_map_count: the program needs mappings too.  An
 * mprotected guard splits its mapping, so it costs two. */
enum { MAPPING_BUDGET = 65530 / 2 / 2, BATCH = 512 };

static uint32_t mappings_used;
static uint32_t no_guard_install;
static int32_t pidfd = -1;

void *mem_reserve(size_t size)
{
    if (fault(FAIL_MMAP)) {
        errno = ENOMEM;
        return NULL;
    }
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (p == MAP_FAILED)
        return NULL;
    int saved = errno;
    madvise(p, size, MADV_NOHUGEPAGE); /* a kernel without huge pages refuses */
    errno = saved;
    return p;
}

void mem_release(void *p, size_t size)
{
    munmap(p, size);
}

static int self_pidfd(void)
{
    int fd = ld_relaxed(&pidfd);
    if (fd >= 0)
        return fd;
    fd = (int)syscall(SYS_pidfd_open, getpid(), 0);
    if (fd >= 0 && !cas(&pidfd, -1, fd)) {
        close(fd);
        fd = ld_relaxed(&pidfd);
    }
    return fd;
}

/* One call for many ranges where the kernel has it, else one each. */
static bool advise(const struct iovec *v, int n, int advice)
{
    while (n > 0) {
        int batch = n < BATCH ? n : BATCH, fd = batch > 1 ? self_pidfd() : -1;
        size_t want = 0;
        for (int i = 0; i < batch; i++)
            want += v[i].iov_len;
        if (fd < 0 || syscall(SYS_process_madvise, fd, v, (size_t)batch, advice, 0) != (long)want)
            for (int i = 0; i < batch; i++)
                if (madvise(v[i].iov_base, v[i].iov_len, advice) != 0)
                    return false;
        v += batch;
        n -= batch;
    }
    return true;
}

static enum guard_kind guard_by_mprotect(const struct iovec *v, int n)
{
    for (int i = 0; i < n; i++) {
        if (add_relaxed(&mappings_used, 1) > MAPPING_BUDGET)
            return GUARD_NONE;
        if (mprotect(v[i].iov_base, v[i].iov_len, PROT_NONE) != 0)
            return GUARD_NONE;
    }
    return GUARD_MPROTECT;
}

/* Can the kernel get at that byte?  By a call that names it as another process's
 * memory: Valgrind touches what is named as our own, and would die of it.  Where that
 * call is not to be had (emulators, sandboxes), by one that writes there. */
static bool kernel_reaches(void *at)
{
    char byte;
    struct iovec here = { &byte, 1 }, there = { at, 1 };
    if (process_vm_readv(getpid(), &here, 1, &there, 1, 0) == 1)
        return true;
    return errno != EFAULT && syscall(SYS_rt_sigprocmask, 0, NULL, at, 8) == 0;
}

/* Some emulators accept the advice and do nothing. */
static bool guard_is_real(void *guard)
{
    static uint32_t known; /* atomic: 0 not asked, 1 real, 2 not */
    if (ld_relaxed(&known) == 0)
        st_relaxed(&known, kernel_reaches(guard) ? 2u : 1u);
    return ld_relaxed(&known) == 1;
}

enum guard_kind mem_guard(const struct iovec *ranges, int n)
{
    int saved = errno;
    enum guard_kind kind = GUARD_MADVISE;
    if (options.no_guard || ld_relaxed(&no_guard_install) ||
        !advise(ranges, n, MADV_GUARD_INSTALL) || !guard_is_real(ranges[0].iov_base)) {
        st_relaxed(&no_guard_install, 1u);
        kind = guard_by_mprotect(ranges, n);
    }
    errno = saved;
    return kind;
}

void mem_drop(const struct iovec *ranges, int n)
{
    int saved = errno;
    advise(ranges, n, MADV_DONTNEED);
    errno = saved;
}
