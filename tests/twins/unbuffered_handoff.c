/* SPDX-License-Identifier: MIT */
/* A send on an unbuffered channel ends only when the value has been received,
 * so two sends order everything the two goroutines do around them. */
#include <goroutine.h>
#include <stdio.h>

static int slot;

static void reader(go_chan(bool) written, go_chan(bool) read)
{
    for (int i = 0; i < 4; i++) {
        go_recv(written, NULL);
        printf("reader found %d\n", slot);
        slot = 0;
        go_send(read, true);
    }
    go_close(read);
}

int main(void)
{
    go_chan(bool) written = go_make(bool, 0);
    go_chan(bool) read = go_make(bool, 0);
    go(reader, written, read);

    for (int i = 1; i <= 4; i++) {
        slot = i * i;
        printf("writer put %d\n", slot);
        go_send(written, true);
        go_recv(read, NULL);
        printf("writer sees %d\n", slot);
    }
    bool ok = go_recv(read, NULL);
    printf("more to read: %s\n", ok ? "true" : "false");
    go_drop(written);
    go_drop(read);
}
