/* SPDX-License-Identifier: MIT */
/* Deadlock report: who waits for the end of a goroutine is said to. */
#include <goroutine.h>

static void wait_for_ever(void)
{
    go_select();
}

int main(void)
{
    go_join(go_start(wait_for_ever));
}
