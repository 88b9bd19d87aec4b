/* SPDX-License-Identifier: MIT */
/* A channel copies whole structs: sender and receiver share nothing. */
#include <goroutine.h>
#include <stdio.h>

struct reading {
    char sensor[12];
    double samples[16];
    int count;
};

static void sender(go_chan(struct reading) c)
{
    struct reading r = { .sensor = "temp" };
    for (int i = 0; i < 4; i++) {
        r.sensor[4] = (char)('0' + i);
        r.samples[i] = i * 1.25;
        r.count = i + 1;
        go_send(c, r);
    }
    go_close(c);
}

int main(void)
{
    go_chan(struct reading) c = go_make(struct reading, 2);
    go(sender, c);

    go_range (r, c) {
        double sum = 0;
        for (int i = 0; i < r.count; i++)
            sum += r.samples[i];
        printf("%s: %d samples, sum %.2f\n", r.sensor, r.count, sum);
        r.samples[0] = 1000; /* our copy only */
    }
    go_drop(c);
}
