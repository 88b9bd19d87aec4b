/* SPDX-License-Identifier: MIT */
#include "hooks.h"

#include <goroutine/posix.h>

#include <dlfcn.h>

#define DECLARE(name) extern char mine_##name[] __attribute__((visibility("hidden")));
EACH_HOOK(DECLARE)
#undef DECLARE

static const struct hooked {
    const char *name;
    const void *mine;
} hooked[] = {
#define ENTRY(name) { #name, mine_##name },
    EACH_HOOK(ENTRY)
#undef ENTRY
};

const char *go_posix_missing_(bool (*on_goroutine)(void))
{
    if (on_goroutine != go_on_goroutine)
        return "go_on_goroutine";
    for (size_t i = 0; i < sizeof hooked / sizeof hooked[0]; i++)
        if (dlsym(RTLD_DEFAULT, hooked[i].name) != hooked[i].mine)
            return hooked[i].name;
    return NULL;
}
