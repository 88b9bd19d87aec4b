/* SPDX-License-Identifier: MIT */
/* Go, sync.OnceValue: the first call shows where f panicked. */
#include <goroutine.h>

static go_once_value(int) port;

static __attribute__((noinline)) int find_port(const char *name)
{
    go_panic("no port for %s", name);
}

int main(void)
{
    return go_once_get(&port, find_port, "gopher");
}
