/* SPDX-License-Identifier: MIT */
/* A barber sleeps until a customer comes; who finds no free chair goes away.  The
 * shop is filled before it opens, so that who stays is known. */
#include <goroutine.h>
#include <stdio.h>

enum { CHAIRS = 3, CUSTOMERS = 8 };

struct customer {
    int id;
    go_chan(int) cut;
};

static void barber(go_chan(struct customer) chairs, go_chan(char) open, go_chan(int) earned)
{
    int cuts = 0;
    go_recv(open, NULL);
    go_range (c, chairs)
        go_send(c.cut, ++cuts);
    go_send(earned, cuts);
}

int main(void)
{
    go_chan(struct customer) chairs = go_make(struct customer, CHAIRS);
    go_chan(char) open = go_make(char, 0);
    go_chan(int) earned = go_make(int, 0);
    go(barber, chairs, open, earned);

    go_chan(int) cut = go_make(int, CUSTOMERS);
    for (int id = 1; id <= CUSTOMERS; id++) {
        switch (go_select(go_on_send(chairs, (struct customer){ id, cut }), go_default())) {
        case 0:
            printf("customer %d sits down\n", id);
            break;
        case 1:
            printf("customer %d goes away\n", id);
            break;
        }
    }
    go_close(open);
    for (int id = 101; id <= 104; id++) /* these wait for a chair */
        go_send(chairs, (struct customer){ id, cut });
    go_close(chairs);
    int cuts, last = 0;
    go_recv(earned, &cuts);
    go_close(cut);
    go_range (number, cut)
        last = number;
    printf("cuts %d, the last customer was number %d\n", cuts, last);
    go_drop(chairs);
    go_drop(open);
    go_drop(earned);
    go_drop(cut);
}
