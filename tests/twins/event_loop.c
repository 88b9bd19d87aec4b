/* SPDX-License-Identifier: MIT */
/* One loop that owns the state: input, requests and ticks all come to it as events,
 * and it never shares anything. */
#include <goroutine.h>
#include <stdio.h>

enum kind { KEY, RESIZE, QUERY };

struct event {
    enum kind kind;
    int a, b;
    go_chan(int) answer;
};

static void loop(go_chan(struct event) events, go_chan(char) quit, go_chan(const char *) log)
{
    int keys = 0, area = 80 * 25;
    for (;;) {
        struct event e;
        switch (go_select(go_on_recv(events, &e), go_on_recv(quit, NULL))) {
        case 0:
            break;
        case 1:
            go_send(log, keys == 6 ? "six keys, good bye" : "wrong");
            go_close(log);
            return;
        }
        switch (e.kind) {
        case KEY:
            keys++;
            go_send(log, e.a == 'q' ? "quit asked" : "key");
            break;
        case RESIZE:
            area = e.a * e.b;
            go_send(log, "resized");
            break;
        case QUERY:
            go_send(e.answer, area * 100 + keys);
            break;
        }
    }
}

static void user(go_chan(struct event) events, go_chan(char) quit)
{
    go_chan(int) answer = go_make(int, 0);
    for (const char *s = "hallo"; *s; s++)
        go_send(events, (struct event){ .kind = KEY, .a = *s });
    go_send(events, (struct event){ .kind = RESIZE, .a = 40, .b = 10 });
    go_send(events, (struct event){ .kind = QUERY, .answer = answer });
    int v;
    go_recv(answer, &v);
    printf("answer %d\n", v);
    go_send(events, (struct event){ .kind = KEY, .a = 'q' });
    go_close(quit);
    go_drop(answer);
}

int main(void)
{
    go_chan(struct event) events = go_make(struct event, 0);
    go_chan(char) quit = go_make(char, 0);
    go_chan(const char *) log = go_make(const char *, 10);
    go(loop, events, quit, log);
    user(events, quit);
    go_range (line, log)
        printf("%s\n", line);
    go_drop(events);
    go_drop(quit);
    go_drop(log);
}
