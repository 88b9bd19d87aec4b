/* SPDX-License-Identifier: MIT */
/* go_posix_in_force is true when every function is found here.  go_posix_missing names one
 * that is not: with OWN_USLEEP this program has a usleep of its own, which comes first. */
#include "support.h"

#include <dlfcn.h>

#ifdef OWN_USLEEP
int usleep(useconds_t us)
{
    (void)us;
    return 0;
}

int main(void)
{
    const char *missing = go_posix_missing();
    CHECK(missing != NULL);
    CHECK(strcmp(missing, "usleep") == 0);
    CHECK_EQ(go_posix_in_force(), 0);
    return 0;
}
#else
int main(void)
{
    CHECK_IN_FORCE();
    CHECK_EQ(go_posix_in_force(), 1);
    go_yield();
    CHECK_EQ(go_posix_in_force(), 1);
    /* Another runtime's: the program and the hooks do not speak of the same goroutines. */
    const char *other = go_posix_missing_(NULL);
    CHECK(other && strcmp(other, "go_on_goroutine") == 0);
    /* Also the names that libc has besides. */
    static const char *const also[] = { "__read_chk",  "__recv_chk",  "__recvfrom_chk",
                                        "__poll_chk",  "__ppoll_chk", "__read",
                                        "__write",     "__poll",      "__select",
                                        "__nanosleep", "__connect",   "__fcntl" };
    void *libc = dlopen("libc.so.6", RTLD_NOW);
    CHECK(libc != NULL);
    for (size_t i = 0; i < sizeof also / sizeof also[0]; i++) {
        void *in_libc = dlsym(libc, also[i]), *found = dlsym(RTLD_DEFAULT, also[i]);
        CHECK(in_libc != NULL);
        CHECK(found != in_libc);
    }
    return 0;
}
#endif
