/* SPDX-License-Identifier: MIT */
/* The consumer decides when there is enough and tells the producer to stop. */
#include <goroutine.h>
#include <stdio.h>

static void producer(go_chan(int) items, go_chan(char) quit, go_chan(const char *) bye)
{
    for (int i = 1;; i++) {
        switch (go_select(go_on_send(items, i * 10), go_on_recv(quit, NULL))) {
        case 0:
            break;
        case 1:
            go_close(items);
            go_send(bye, "producer stopped");
            return;
        }
    }
}

int main(void)
{
    go_chan(int) items = go_make(int, 0);
    go_chan(char) quit = go_make(char, 0);
    go_chan(const char *) bye = go_make(const char *, 0);
    go(producer, items, quit, bye);

    for (int sum = 0; sum < 150;) {
        int item;
        go_recv(items, &item);
        sum += item;
        printf("item %d sum %d\n", item, sum);
    }
    go_close(quit);
    const char *words;
    go_recv(bye, &words);
    printf("%s\n", words);
    bool ok = go_recv(items, NULL);
    printf("more items: %s\n", ok ? "true" : "false");
    go_drop(items);
    go_drop(quit);
    go_drop(bye);
}
