/* SPDX-License-Identifier: MIT */
/* Readers and writers kept apart by a goroutine that lets them in: many readers at
 * once, a writer alone. */
#include <goroutine.h>
#include <stdio.h>

enum { READERS = 4, WRITERS = 2, TIMES = 50 };

struct doors {
    go_chan(char) start_read, end_read, start_write, end_write, quit;
};

static void doorkeeper(struct doors d)
{
    int readers = 0;
    for (;;) {
        switch (go_select(go_on_recv(d.start_read, NULL), go_on_recv(d.end_read, NULL),
                          go_on_recv(readers ? NULL : d.start_write, NULL),
                          go_on_recv(d.quit, NULL))) {
        case 0:
            readers++;
            break;
        case 1:
            readers--;
            break;
        case 2:
            go_recv(d.end_write, NULL);
            break;
        case 3:
            return;
        }
    }
}

static int first, second; /* equal but for a writer */

static void reader(struct doors d, int *torn)
{
    for (int i = 0; i < TIMES; i++) {
        go_send(d.start_read, 1);
        *torn += first != second;
        go_send(d.end_read, 1);
    }
}

static void writer(struct doors d)
{
    for (int i = 0; i < TIMES; i++) {
        go_send(d.start_write, 1);
        first++;
        go_yield();
        second++;
        go_send(d.end_write, 1);
    }
}

int main(void)
{
    struct doors d = { go_make(char, 0), go_make(char, 0), go_make(char, 0), go_make(char, 0),
                       go_make(char, 0) };
    go(doorkeeper, d);
    int torn[READERS] = { 0 }, all_torn = 0;
    go_waitgroup wg = { 0 };
    for (int i = 0; i < READERS; i++)
        go_waitgroup_go(&wg, reader, d, &torn[i]);
    for (int i = 0; i < WRITERS; i++)
        go_waitgroup_go(&wg, writer, d);
    go_waitgroup_wait(&wg);
    go_send(d.quit, 1);
    for (int i = 0; i < READERS; i++)
        all_torn += torn[i];
    printf("written %d %d, torn reads %d\n", first, second, all_torn);
}
