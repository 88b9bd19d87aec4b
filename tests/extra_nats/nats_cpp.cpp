/* SPDX-License-Identifier: MIT */
/* The header in C++: channels of values, messages, a consumer's settings. */
#include "support.h"

struct point {
    int x, y;
};

int main()
{
    guard_start();
    server_start("");
    go_nats *nc;
    CHECK_OK(go_nats_connect(&nc, server_url(), nullptr, LAST));
    go_chan(point) in = go_make(point, 0), out = go_make(point, 0);
    go_nats_sub *sub, *all;
    go_nats_pub *pub;
    CHECK_OK(go_nats_subscriber(&sub, nc, "points", nullptr, in));
    CHECK_OK(go_nats_publisher(&pub, nc, "points", out));
    CHECK_OK(go_nats_subscribe(&all, nc, "points", nullptr));
    go([=] {
        for (int i = 0; i < 10; i++)
            go_send(out, point{ i, -i });
        go_close(out);
    });
    for (int i = 0; i < 10; i++) {
        point p;
        CHECK_OK(go_recv_until(in, &p, LAST));
        CHECK(p.x == i && p.y == -i);
    }
    CHECK_OK(go_nats_publisher_wait(pub));
    WAIT_FOR(go_nats_pending(all) + go_len(go_nats_messages(all)) == 10);
    CHECK_OK(go_nats_drain(nc, go_now()) == -ETIMEDOUT ? 0 : 1); /* nobody receives from all */
    int n = 0;
    go_range (m, go_nats_messages(all)) {
        CHECK_EQ(m->size, sizeof(point));
        go_nats_message_drop(m);
        n++;
    }
    CHECK_EQ(n, 10);
    go_nats_sub_drop(sub);
    go_nats_sub_drop(all);
    go_drop(in);
    go_drop(out);
    go_nats_drop(nc);
}
