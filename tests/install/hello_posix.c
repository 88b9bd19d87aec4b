/* SPDX-License-Identifier: MIT */
/* Greets if read, as others find it, is libgoroutine-posix's.  PRELOADED: it is not linked. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <goroutine.h>
#ifndef PRELOADED
#include <goroutine/posix.h>
#endif
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void hello(go_chan(int) done)
{
    Dl_info of_read;
    void *at = dlsym(RTLD_DEFAULT, "read");
    int err = !at || !dladdr(at, &of_read) || strstr(of_read.dli_fname, "libc.so") != NULL;
#ifndef PRELOADED
    err |= !go_posix_in_force();
#endif
    usleep(1000);
    if (!err)
        puts("hello, world");
    go_send(done, err);
}

int main(void)
{
    go_chan(int) done = go_make(int, 0);
    int err = -1;
    go(hello, done);
    go_recv(done, &err);
    go_drop(done);
    return err != 0;
}
