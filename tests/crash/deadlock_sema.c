/* SPDX-License-Identifier: MIT */
/* Units that nobody will release; and more than there are. */
#include <goroutine.h>

static go_sema sema = GO_SEMA_INIT(3);

static void too_many(void)
{
    go_sema_acquire(&sema, 4);
}

int main(void)
{
    go_sema_acquire(&sema, 2);
    go(too_many);
    go_sema_acquire(&sema, 2);
    return 0;
}
