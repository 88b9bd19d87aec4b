/* SPDX-License-Identifier: MIT */
#include "os/uffd.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef UFFD_FEATURE_MOVE
#define UFFD_FEATURE_MOVE (1 << 16)
struct uffdio_move {
    uint64_t dst, src, len, mode;
    int64_t move;
};
#define UFFDIO_MOVE _IOWR(UFFDIO, 0x05, struct uffdio_move)
#endif
#ifndef USERFAULTFD_IOC_NEW
#define USERFAULTFD_IOC_NEW _IO(0xAA, 0x00)
#endif

enum { FAULTS_AT_ONCE = 16 };

static int uffd = -1;

/* By the system call if we may, else by the device, whose permissions an
 * administrator can give away.  Both see the kernel's own faults; what any program
 * may open (UFFD_USER_MODE_ONLY) does not, and a read(2) into a stack would fail. */
static int open_any(void)
{
    int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC);
    if (fd >= 0)
        return fd;
    int device = open("/dev/userfaultfd", O_RDWR | O_CLOEXEC);
    if (device < 0)
        return -1;
    fd = ioctl(device, USERFAULTFD_IOC_NEW, O_CLOEXEC);
    int saved = errno;
    close(device);
    errno = saved;
    return fd;
}

int uffd_open(void)
{
    int fd = open_any();
    if (fd < 0)
        return -errno;
    struct uffdio_api api = { .api = UFFD_API, .features = UFFD_FEATURE_MOVE };
    if (ioctl(fd, UFFDIO_API, &api) != 0) {
        int err = -errno;
        close(fd);
        return err;
    }
    uffd = fd;
    return 0;
}

void uffd_close(void)
{
    close(uffd);
    uffd = -1;
}

int uffd_watch(void *at, size_t size)
{
    struct uffdio_register r = { .range = { (uintptr_t)at, size },
                                 .mode = UFFDIO_REGISTER_MODE_MISSING };
    return ioctl(uffd, UFFDIO_REGISTER, &r) == 0 ? 0 : -errno;
}

int uffd_move(void *to, void *from, size_t page)
{
    struct uffdio_move m = { .dst = (uintptr_t)to, .src = (uintptr_t)from, .len = page };
    while (ioctl(uffd, UFFDIO_MOVE, &m) != 0)
        if (errno != EAGAIN)
            return -errno;
    return 0;
}

int uffd_fill(void *at, const void *from, size_t size)
{
    for (size_t done = 0; done < size;) {
        struct uffdio_copy c = { .dst = (uintptr_t)at + done,
                                 .src = (uintptr_t)from + done,
                                 .len = size - done };
        if (ioctl(uffd, UFFDIO_COPY, &c) == 0)
            return 0;
        if (errno != EAGAIN)
            return -errno;
        if (c.copy > 0)
            done += (size_t)c.copy;
    }
    return 0;
}

int uffd_zero(void *at, size_t size)
{
    struct uffdio_zeropage z = { .range = { (uintptr_t)at, size } };
    while (ioctl(uffd, UFFDIO_ZEROPAGE, &z) != 0)
        if (errno != EAGAIN)
            return -errno;
    return 0;
}

void uffd_wake(void *at, size_t size)
{
    struct uffdio_range r = { (uintptr_t)at, size };
    ioctl(uffd, UFFDIO_WAKE, &r);
}

int uffd_next(struct uffd_fault *faults, int n)
{
    struct uffd_msg msgs[FAULTS_AT_ONCE];
    size_t room = (size_t)(n < FAULTS_AT_ONCE ? n : FAULTS_AT_ONCE);
    ssize_t got = read(uffd, msgs, room * sizeof *msgs);
    int found = 0;
    for (ssize_t i = 0; i < got / (ssize_t)sizeof *msgs; i++)
        if (msgs[i].event == UFFD_EVENT_PAGEFAULT)
            faults[found++] = (struct uffd_fault){
                (char *)(uintptr_t)msgs[i].arg.pagefault.address,
                msgs[i].arg.pagefault.flags & UFFD_PAGEFAULT_FLAG_WRITE,
            };
    return found;
}
