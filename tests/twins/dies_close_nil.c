/* SPDX-License-Identifier: MIT */
/* The nil channel has no length and is never ready; closing it panics. */
#include <goroutine.h>
#include <stdio.h>

int main(void)
{
    go_chan(const char *) c = NULL;
    printf("length %zu\n", go_len(c));
    if (go_select(go_on_recv(c, NULL), go_on_send(c, "x"), go_default()) == 2)
        printf("not ready\n");
    go_close(c);
    printf("never printed\n");
}
