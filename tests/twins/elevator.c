/* SPDX-License-Identifier: MIT */
/* A lift that is a goroutine: calls come in while it stands, then it goes up to
 * the highest and down to the lowest, and says where it stops. */
#include <goroutine.h>
#include <stdio.h>

enum { FLOORS = 10 };

struct stop {
    int floor, passed;
};

static void lift(go_chan(int) calls, go_chan(char) start, go_chan(struct stop) stops)
{
    bool wanted[FLOORS] = { false };
    int floor = 0, passed = 0, waiting = 0, direction = 1;
    for (bool running = true; running;) {
        int call;
        /* Calls are taken while it stands; it stands until it is started. */
        switch (go_select(go_on_recv(calls, &call), go_on_recv(start, NULL))) {
        case 0:
            waiting += !wanted[call];
            wanted[call] = true;
            continue;
        case 1:
            running = go_selected_ok();
            break;
        }
        while (waiting > 0) {
            if (wanted[floor]) {
                wanted[floor] = false;
                waiting--;
                go_send(stops, (struct stop){ floor, passed });
            }
            if (floor + direction < 0 || floor + direction >= FLOORS)
                direction = -direction;
            if (waiting > 0) {
                floor += direction;
                passed++;
            }
        }
        go_send(stops, (struct stop){ -1, passed });
    }
    go_close(stops);
}

int main(void)
{
    static const int trips[][4] = { { 3, 7, 1, 3 }, { 9, 0, 4, 4 }, { 2, 2, 2, 2 } };
    go_chan(int) calls = go_make(int, 0);
    go_chan(char) start = go_make(char, 0);
    go_chan(struct stop) stops = go_make(struct stop, 0);
    go(lift, calls, start, stops);
    for (int t = 0; t < 3; t++) {
        for (int i = 0; i < 4; i++)
            go_send(calls, trips[t][i]);
        go_send(start, 1);
        struct stop s;
        while (go_recv(stops, &s) && s.floor >= 0)
            printf("trip %d stops at %d after %d floors\n", t, s.floor, s.passed);
    }
    go_close(start);
    int left = 0;
    go_range (s, stops)
        left += s.floor >= 0;
    printf("stops after the last trip %d\n", left);
}
