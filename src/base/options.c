/* SPDX-License-Identifier: MIT */
#include "base/options.h"

#include "base/atomic.h"
#include "base/fatal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct options options = { .max_threads = 10000 };

static int64_t fail_count[FAIL_KINDS];
static const char *const fail_names[FAIL_KINDS] = { "mmap", "thread", "malloc", "epoll" };

bool fault(enum fail_kind kind)
{
    int64_t at = ld_relaxed(&options.fail_at[kind]); /* a test may change it */
    if (likely(at == 0))
        return false;
    return add_relaxed(&fail_count[kind], 1) == at;
}

/* A positive number with nothing behind it but an allowed suffix. */
static bool number(const char *s, bool sizes, int64_t *out)
{
    char *end;
    errno = 0;
    long long v = strtoll(s, &end, 10);
    if (end == s || errno || v <= 0)
        return false;
    if (sizes && *end) {
        const char *suffix = strchr("KMG", *end);
        int shift = suffix ? 10 * (int)(suffix - "KMG" + 1) : -1;
        if (shift < 0)
            suffix = strchr("kmg", *end), shift = suffix ? 10 * (int)(suffix - "kmg" + 1) : -1;
        if (shift < 0 || v > (INT64_MAX >> shift))
            return false;
        v <<= shift;
        end++;
    }
    *out = v;
    return *end == '\0';
}

static void read_maxprocs(void)
{
    static int said;
    const char *s = getenv("GOMAXPROCS");
    int64_t v;
    if (!s || !*s)
        return;
    if (!number(s, false, &v) || v > 1024)
        warn_once(&said, "GOMAXPROCS=%s is not a number from 1 to 1024; ignored", s);
    else
        options.maxprocs = (int)v;
}

static void read_max_goroutines(void)
{
    static int said;
    const char *s = getenv("GOMAXGOROUTINES");
    int64_t v;
    if (!s || !*s)
        return;
    if (!number(s, false, &v))
        warn_once(&said, "GOMAXGOROUTINES=%s is not a number from 1; ignored", s);
    else
        options.max_goroutines = v;
}

static void read_stack(void)
{
    static int said;
    const char *s = getenv("GOSTACK");
    int64_t v;
    if (!s || !*s)
        return;
    if (!number(s, true, &v) || v < 16 * 1024 || v > ((int64_t)1 << 40))
        warn_once(&said, "GOSTACK=%s is not a size from 16K to 1024G; ignored", s);
    else
        options.stack = (size_t)v;
}

static bool read_fail(const char *value)
{
    for (int k = 0; k < FAIL_KINDS; k++) {
        size_t n = strlen(fail_names[k]);
        if (strncmp(value, fail_names[k], n) == 0 && value[n] == ':')
            return number(value + n + 1, false, &options.fail_at[k]);
    }
    return false;
}

/* What is there unless it is switched off. */
static bool read_off(const char *value, bool *off)
{
    *off = strcmp(value, "0") == 0;
    return *off;
}

static bool read_switch(const char *key, const char *value)
{
    int64_t v = 0;
    if (strcmp(key, "fail") == 0)
        return read_fail(value);
    if (strcmp(key, "uring") == 0)
        return read_off(value, &options.no_uring);
    if (strcmp(key, "pidfd") == 0)
        return read_off(value, &options.no_pidfd);
    if (!number(value, false, &v))
        return false;
    if (strcmp(key, "chaos") == 0)
        options.chaos = (uint64_t)v;
    else if (strcmp(key, "maxthreads") == 0)
        options.max_threads = v > 1 << 20 ? 1u << 20 : (unsigned)v;
    else if (strcmp(key, "cputime") == 0)
        options.cputime = true;
    else if (strcmp(key, "long") == 0)
        options.long_run = v > INT64_MAX / 1000000 ? INT64_MAX : v * 1000000;
    else if (strcmp(key, "pack") == 0)
        options.pack = v > INT64_MAX / 1000000 ? INT64_MAX : v * 1000000;
    else if (strcmp(key, "longsignal") == 0)
        options.long_signal = v > 1 << 20 ? -1 : (int)v;
    else if (strcmp(key, "leaks") == 0)
        options.leaks = true;
    else if (strcmp(key, "nolines") == 0)
        options.no_lines = true;
    else if (strcmp(key, "noguard") == 0)
        options.no_guard = true;
    else
        return false;
    return true;
}

static void read_debug(void)
{
    static int said;
    const char *env = getenv("GO_DEBUG");
    if (!env || !*env)
        return;
    char copy[256];
    strncpy(copy, env, sizeof copy - 1);
    copy[sizeof copy - 1] = '\0';
    char *rest = copy, *item;
    while ((item = strsep(&rest, ","))) {
        char *value = strchr(item, '=');
        if (value)
            *value++ = '\0';
        if (!value || !read_switch(item, value))
            warn_once(&said, "GO_DEBUG=%s: \"%s\" is not understood; ignored", env, item);
    }
}

void options_read(void)
{
    read_maxprocs();
    read_max_goroutines();
    read_stack();
    read_debug();
}
