/* SPDX-License-Identifier: MIT */
/* A closed channel gives what is still buffered, then zero values for ever. */
#include <goroutine.h>
#include <stdio.h>

struct sample {
    int id;
    double level;
};

int main(void)
{
    go_chan(struct sample) c = go_make(struct sample, 3);
    go_send(c, (struct sample){ 1, 0.5 });
    go_send(c, (struct sample){ 2, 1.5 });
    go_close(c);
    printf("closed with %zu inside\n", go_len(c));

    for (int i = 0; i < 4; i++) {
        struct sample s;
        bool ok = go_recv(c, &s);
        printf("id %d level %.1f ok %s\n", s.id, s.level, ok ? "true" : "false");
    }
    printf("and holds %zu\n", go_len(c));
    go_drop(c);
}
