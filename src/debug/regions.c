/* SPDX-License-Identifier: MIT */
#include "debug/regions.h"

#include "debug/crash.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PAGE = 4096, BLOCK = 256 * 1024, BLOCK_PAGES = BLOCK / PAGE };

#define PRESENT ((uint64_t)1 << 63)
#define SWAPPED ((uint64_t)1 << 62)

/* --- Which there is --------------------------------------------------------------- */

static bool begins(const char *s, const char *with)
{
    return strncmp(s, with, strlen(with)) == 0;
}

/* Reading a device's memory may do something. */
static bool is_device(const char *path)
{
    return begins(path, "anon_inode:") || begins(path, "[v") ||
           (begins(path, "/dev/") && !begins(path, "/dev/zero") && !begins(path, "/dev/shm/"));
}

static bool digits(const char **s, uintptr_t *v)
{
    const char *from = *s;
    for (*v = 0;; ++*s) {
        char c = **s;
        unsigned d = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                     : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
                                            : 16;
        if (d == 16)
            return *s > from;
        *v = *v << 4 | d;
    }
}

/* "lo-hi perms offset device inode   path" */
static bool add_line(struct regions *r, const char *line)
{
    struct region x = { 0 };
    const char *s = line;
    if (!digits(&s, &x.lo) || *s++ != '-' || !digits(&s, &x.hi) || strlen(s) < 6)
        return true;
    const char *perms = s + 1, *path = strpbrk(line, "/[");
    const char *named = strstr(line, "anon_inode:");
    if (named)
        path = named;
    if (!path)
        path = "";
    bool file =
        *path && !begins(path, "[heap]") && !begins(path, "[stack]") && !begins(path, "[anon");
    x.brk = begins(path, "[heap]");
    x.shared = perms[3] == 's';
    x.plain = !file && !x.shared;
    if (perms[0] != 'r' || is_device(path) || (perms[1] != 'w' && !x.plain))
        return true;
    void *v = r->v;
    if (!array_grow(&v, r->n, &r->cap, sizeof x))
        return false;
    r->v = v;
    r->v[r->n++] = x;
    return true;
}

/* Lines that are longer are cut. */
struct lines_in {
    char text[512];
    size_t n;
};

static bool feed(struct regions *r, struct lines_in *l, const char *buf, ssize_t n)
{
    for (ssize_t i = 0; i < n; i++) {
        if (buf[i] != '\n') {
            if (l->n < sizeof l->text - 1)
                l->text[l->n++] = buf[i];
            continue;
        }
        l->text[l->n] = '\0';
        l->n = 0;
        if (!add_line(r, l->text))
            return false;
    }
    return true;
}

bool regions_read(struct regions *r)
{
    char buf[4096];
    struct lines_in l = { .n = 0 };
    *r = (struct regions){ 0 };
    int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t n;
    bool ok = true;
    while (ok && (n = read(fd, buf, sizeof buf)) > 0)
        ok = feed(r, &l, buf, n);
    close(fd);
    return ok && n == 0 && r->n > 0;
}

void regions_free(struct regions *r)
{
    array_free(r->v, r->cap, sizeof *r->v);
    *r = (struct regions){ 0 };
}

const struct region *regions_find(const struct regions *r, uintptr_t addr)
{
    size_t i = last_upto(r->v, r->n, sizeof *r->v, addr);
    return i < r->n && addr < r->v[i].hi ? &r->v[i] : NULL;
}

/* Field 28 of stat; the second is a name in parentheses that may hold anything. */
uintptr_t start_of_main_stack(void)
{
    char text[1024];
    int fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
    if (fd >= 0)
        close(fd);
    if (n <= 0)
        return UINTPTR_MAX;
    text[n] = '\0';
    const char *s = strrchr(text, ')');
    for (int field = 2; s && field < 28; field++)
        s = strchr(s + 1, ' ');
    uintptr_t start = s ? (uintptr_t)strtoull(s, NULL, 10) : 0;
    return start ? start : UINTPTR_MAX;
}

/* --- Reading ------------------------------------------------------------------------ */

bool reader_open(struct reader *r)
{
    void *buf = mmap(NULL, BLOCK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    *r = (struct reader){ .buf = buf, .pagemap = -1 };
    if (buf == MAP_FAILED)
        return false;
    r->pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    return true;
}

void reader_close(struct reader *r)
{
    if (r->pagemap >= 0)
        close(r->pagemap);
    if (r->buf && r->buf != MAP_FAILED)
        munmap(r->buf, BLOCK);
    r->pagemap = -1;
    r->buf = NULL;
}

struct span reader_buffer(const struct reader *r)
{
    return (struct span){ (uintptr_t)r->buf, (uintptr_t)r->buf + BLOCK };
}

struct copying {
    void *to;
    const void *from;
    size_t n;
};

static void copy_words(void *arg)
{
    const struct copying *c = arg;
    memcpy(c->to, c->from, c->n);
}

static size_t copy_by_hand(char *to, uintptr_t lo, size_t n)
{
    struct copying c = { to, (const void *)lo, n };
    return guarded(copy_words, &c) ? n : 0;
}

/* How many bytes from lo could be read. */
static size_t copy(struct reader *r, char *to, uintptr_t lo, size_t n)
{
    struct iovec into = { to, n }, from = { (void *)lo, n };
    if (!r->by_hand) {
        long got = syscall(SYS_process_vm_readv, getpid(), &into, 1L, &from, 1L, 0L);
        if (got > 0)
            return (size_t)got;
        struct iovec one = { to, 1 }, self = { to, 1 };
        if (syscall(SYS_process_vm_readv, getpid(), &one, 1L, &self, 1L, 0L) == 1)
            return 0; /* so it is that address that it refused */
        r->by_hand = true;
    }
    return copy_by_hand(to, lo, n);
}

static uintptr_t next_page(uintptr_t at)
{
    return (at | (PAGE - 1)) + 1;
}

struct visitor {
    void (*visit)(void *arg, uintptr_t at, const uintptr_t *v, size_t n);
    void *arg;
};

/* At most BLOCK bytes, whole words. */
static void read_block(struct reader *r, uintptr_t lo, uintptr_t hi, const struct visitor *v)
{
    while (lo < hi) {
        size_t got = copy(r, r->buf, lo, hi - lo);
        v->visit(v->arg, lo, (const uintptr_t *)(void *)r->buf, got / sizeof(uintptr_t));
        /* What stopped the copy is a page. */
        lo = got == hi - lo ? hi : next_page(lo + got);
    }
}

/* The pages of [lo, hi), at most BLOCK_PAGES, that have been touched. */
static void read_touched(struct reader *r, uintptr_t lo, uintptr_t hi, const struct visitor *v)
{
    uint64_t e[BLOCK_PAGES + 1];
    uintptr_t first = lo / PAGE;
    size_t pages = (hi - 1) / PAGE - first + 1;
    ssize_t want = (ssize_t)(pages * sizeof *e);
    if (r->pagemap < 0 || pread(r->pagemap, e, (size_t)want, (off_t)(first * sizeof *e)) != want) {
        read_block(r, lo, hi, v);
        return;
    }
    for (size_t i = 0, k; i < pages; i = k + 1) {
        for (k = i; k < pages && (e[k] & (PRESENT | SWAPPED)); k++)
            ;
        uintptr_t from = (first + i) * PAGE, to = (first + k) * PAGE;
        if (k > i)
            read_block(r, from > lo ? from : lo, to < hi ? to : hi, v);
    }
}

void read_words(struct reader *r, uintptr_t lo, uintptr_t hi, bool all,
                void (*visit)(void *arg, uintptr_t at, const uintptr_t *v, size_t n), void *arg)
{
    const struct visitor v = { visit, arg };
    const uintptr_t word = sizeof(uintptr_t);
    lo = (lo + word - 1) & ~(word - 1);
    hi &= ~(word - 1);
    /* Asking costs as much as reading a few pages. */
    bool ask = !all && hi > lo && hi - lo > 4 * PAGE;
    while (lo < hi) {
        uintptr_t end = (lo / BLOCK + 1) * BLOCK;
        end = end < hi ? end : hi;
        if (ask)
            read_touched(r, lo, end, &v);
        else
            read_block(r, lo, end, &v);
        lo = end;
    }
}

size_t read_some(struct reader *r, uintptr_t addr, void *to, size_t n)
{
    return copy(r, to, addr, n);
}
