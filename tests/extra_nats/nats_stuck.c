/* SPDX-License-Identifier: MIT */
/* A server that does not read: whoever publishes waits as a goroutine, and not as a
 * thread; others go on, deadlines pass, and once it reads again all is sent. */
#include "support.h"

#include <dirent.h>

#define PUBLISHERS 200
#define EACH       2
#define BLOCK      (256 << 10)

static int threads(void)
{
    DIR *d = opendir("/proc/self/task");
    int n = 0;
    for (struct dirent *e; (e = readdir(d));)
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

static go_int32 under_way, done;

static void publish(go_nats *nc)
{
    static const char block[BLOCK];
    go_int32_add(&under_way, 1);
    for (int i = 0; i < EACH; i++) {
        CHECK_OK(go_nats_publish(nc, "large", block, BLOCK));
        go_int32_add(&done, 1);
    }
}

int main(void)
{
    guard_start();
    server_start("");
    go_nats *nc = connect_to(server_url());
    go_waitgroup wg = { 0 };
    go_nats_message *reply;
    CHECK_EQ(go_nats_request(&reply, nc, "nobody", "", 0, LAST), -EHOSTUNREACH);
    go_maxprocs(2);
    int before = threads();
    server_pause(true);
    for (int i = 0; i < PUBLISHERS; i++)
        go_waitgroup_go(&wg, publish, nc);
    WAIT_FOR(go_int32_load(&under_way) == PUBLISHERS);
    /* The kernel's buffers take some of the 100 MB, and then no more. */
    for (int seen = -1, same = 0; same < 50; go_sleep(GO_MILLISECOND)) {
        int now = go_int32_load(&done);
        same = now == seen ? same + 1 : 0;
        seen = now;
    }
    CHECK(go_int32_load(&done) < PUBLISHERS * EACH);
    CHECK(threads() <= before + 10);
    server_pause(false);
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_int32_load(&done), PUBLISHERS * EACH);
    CHECK_OK(go_nats_flush(nc, LAST));

    /* Lost, when the write deadline has passed; and found again. */
    go_nats *strict;
    go_nats_options o = eager();
    o.write_deadline = 20 * GO_MILLISECOND;
    o.reconnect_buffer = 1024;
    CHECK_OK(go_nats_connect(&strict, server_url(), &o, LAST));
    server_pause(true);
    static const char block[BLOCK];
    int err = 0;
    for (int i = 0; i < PUBLISHERS * EACH && !err; i++)
        err = go_nats_publish(strict, "large", block, BLOCK);
    CHECK(err < 0 && err != -EPIPE);
    await_event(strict, GO_NATS_DISCONNECTED);
    server_pause(false);
    await_event(strict, GO_NATS_RECONNECTED);
    CHECK_OK(go_nats_flush(strict, LAST));
    go_nats_drop(strict);
    go_nats_drop(nc);
}
