/* SPDX-License-Identifier: MIT */
/* One goroutine reads a connection while another writes it, at both ends at once; neither
 * waits for the other, though all buffers are full most of the time.  Several writers' writes
 * are not mixed. */
#include "tls_test.h"

static size_t total;

/* Bytes that tell where they belong. */
static unsigned char byte_at(size_t i)
{
    return (unsigned char)(i * 7 + (i >> 8) * 13 + (i >> 16));
}

static void send_all(go_tls *t, int seed)
{
    static const size_t sizes[] = { 1, 16384, 100000, 17, 16385, 5000 };
    unsigned char *buf = malloc(100000);
    size_t done = 0;
    for (int k = seed; done < total; k++) {
        size_t n = sizes[k % 6] < total - done ? sizes[k % 6] : total - done;
        for (size_t i = 0; i < n; i++)
            buf[i] = byte_at(done + i);
        CHECK_OK(go_tls_write_until(t, buf, n, later()));
        done += n;
    }
    CHECK_EQ(go_tls_close_write(t), 0);
    free(buf);
    go_tls_drop(t);
}

static void take_all(go_tls *t, int seed)
{
    unsigned char *buf = malloc(50000);
    size_t done = 0;
    ssize_t r;
    for (int k = seed; (r = go_tls_read_until(t, buf, k % 3 ? 50000 : 777, later())) > 0; k++) {
        for (ssize_t i = 0; i < r; i++)
            CHECK_EQ(buf[i], byte_at(done + (size_t)i));
        done += (size_t)r;
    }
    CHECK_OK(r);
    CHECK_EQ(done, total);
    free(buf);
    go_tls_drop(t);
}

static void both_ways(int version, int buf)
{
    go_tls_options o = { .max_version = version };
    const go_tls_config *client = config_for(NULL, &o), *server = config_for("server", NULL);
    go_tls *c, *s;
    go_waitgroup wg = { 0 };
    secured(&c, &s, client, server, buf);
    CHECK_STR(go_tls_version(c), version == GO_TLS_1_2 ? "TLSv1.2" : "TLSv1.3");
    go_waitgroup_go(&wg, send_all, go_tls_hold(c), 0);
    go_waitgroup_go(&wg, send_all, go_tls_hold(s), 3);
    go_waitgroup_go(&wg, take_all, go_tls_hold(c), 1);
    go_waitgroup_go(&wg, take_all, go_tls_hold(s), 2);
    go_waitgroup_wait(&wg);
    go_tls_drop(c);
    go_tls_drop(s);
    go_tls_config_drop(client);
    go_tls_config_drop(server);
}

enum { WRITERS = 4, LETTER = 40000 };

static void write_letters(go_tls *t, char letter, int n)
{
    char *buf = malloc(LETTER);
    memset(buf, letter, LETTER);
    for (int i = 0; i < n; i++)
        CHECK_OK(go_tls_write_until(t, buf, LETTER, later()));
    free(buf);
}

/* Two readers get all of it between them. */
static void count_bytes(go_tls *t, go_int64 *sum)
{
    char buf[3000];
    ssize_t r;
    while ((r = go_tls_read_until(t, buf, sizeof(buf), later())) > 0)
        go_int64_add(sum, r);
    CHECK_OK(r);
}

static void several(int n)
{
    const go_tls_config *client = config_for(NULL, NULL), *server = config_for("server", NULL);
    go_tls *c, *s;
    go_waitgroup writers = { 0 }, readers = { 0 };
    go_int64 sum = { 0 };
    char *buf = malloc(LETTER);
    secured(&c, &s, client, server, 8192);
    for (int i = 0; i < WRITERS; i++)
        go_waitgroup_go(&writers, write_letters, c, (char)('a' + i), n);
    for (int i = 0; i < WRITERS * n; i++) {
        read_all(s, buf, LETTER);
        for (int k = 1; k < LETTER; k++)
            CHECK_EQ(buf[k], buf[0]);
    }
    go_waitgroup_wait(&writers);
    go_waitgroup_go(&readers, count_bytes, s, &sum);
    go_waitgroup_go(&readers, count_bytes, s, &sum);
    write_letters(c, 'z', n);
    CHECK_EQ(go_tls_close_write(c), 0);
    go_waitgroup_wait(&readers);
    CHECK_EQ(go_int64_load(&sum), n * LETTER);
    free(buf);
    close_both(c, s);
    go_tls_config_drop(client);
    go_tls_config_drop(server);
}

int main(void)
{
    total = (size_t)test_scale(4000, 600) * 1000;
    both_ways(GO_TLS_1_3, 0);
    both_ways(GO_TLS_1_2, 0);
    both_ways(GO_TLS_1_3, 4096);
    several(test_scale(20, 5));
}
