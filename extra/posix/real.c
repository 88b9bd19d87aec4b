/* SPDX-License-Identifier: MIT */
#include "hooks.h"

#include "wait.h"

#include <dlfcn.h>
#include <stdlib.h>

void *real_address[REALS];

static const char *const names[REALS] = {
#define NAME_OF(name) #name,
    EACH_HOOK(NAME_OF)
#undef NAME_OF
};

/* A function that libc lacks is one that nobody who was linked with it can call. */
void *real_find(enum real_index i)
{
    void *p = dlsym(RTLD_NEXT, names[i]);
    if (!p) {
        static const char text[] = "libgoroutine-posix: nothing behind its functions: it must "
                                   "come before libc\n";
        fputs(text, stderr);
        abort();
    }
    __atomic_store_n(&real_address[i], p, __ATOMIC_RELAXED);
    return p;
}

/* Before anything has changed threads or forked. */
__attribute__((constructor(101))) static void find_all(void)
{
    for (int i = 0; i < REALS; i++) {
        void *p = dlsym(RTLD_NEXT, names[i]);
        if (p)
            __atomic_store_n(&real_address[i], p, __ATOMIC_RELAXED);
    }
    wait_home();
    /* A program that puts itself into the background before its first goroutine. */
    pthread_atfork(NULL, NULL, wait_home);
}
