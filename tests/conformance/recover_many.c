/* SPDX-License-Identifier: MIT */
/* panic.h: a goroutine may recover any number of times; nothing of the frames that were
 * left stays behind, in the sanitizers' books neither. */
#include "check.h"

#include <goroutine.h>

static void fail(int i)
{
    go_panic("%d", i);
}

static void many(void)
{
    for (int i = 0; i < 40000; i++)
        CHECK(go_recover(NULL, fail, i));
    go_yield();
}

int main(void)
{
    go_join(go_start(many));
    many();
}
