/* SPDX-License-Identifier: MIT */
/* A select that chooses to send on a closed channel panics; a closed channel is
 * always ready, so the default is not taken. */
#include <goroutine.h>
#include <stdio.h>

int main(void)
{
    go_chan(int) c = go_make(int, 0), nil = NULL;
    switch (go_select(go_on_send(c, 1), go_on_recv(nil, NULL), go_default())) {
    case 2:
        printf("nobody receives\n");
        break;
    }
    go_close(c);
    switch (go_select(go_on_send(c, 1), go_on_recv(nil, NULL), go_default())) {
    case 2:
        printf("never printed\n");
        break;
    }
}
