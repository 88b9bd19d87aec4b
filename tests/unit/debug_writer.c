/* SPDX-License-Identifier: MIT */
/* The writer: numbers, texts longer than its buffer, descriptors that are full
 * or closed. */
#include "check.h"
#include "debug/writer.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { LONG = 300000 };

static char got[LONG + 1];

static size_t read_all(int fd)
{
    size_t n = 0;
    ssize_t r;
    while (n < LONG && (r = read(fd, got + n, LONG - n)) > 0)
        n += (size_t)r;
    got[n] = '\0';
    return n;
}

static void test_numbers(void)
{
    int fd[2];
    struct writer w;
    CHECK_EQ(pipe(fd), 0);
    writer_init(&w, fd[1]);
    put_dec(&w, 0);
    put_str(&w, " ");
    put_dec(&w, UINT64_MAX);
    put_str(&w, " ");
    put_hex(&w, 0);
    put_str(&w, " ");
    put_hex(&w, 0xdeadbeef01234567);
    writer_flush(&w);
    CHECK(!w.failed);
    close(fd[1]);
    read_all(fd[0]);
    CHECK(strcmp(got, "0 18446744073709551615 0x0 0xdeadbeef01234567") == 0);
    close(fd[0]);
}

/* A non-blocking pipe holds less than is written, so the writer must wait. */
static void *write_long(void *arg)
{
    struct writer w;
    writer_init(&w, *(int *)arg);
    for (int i = 0; i < LONG / 10; i++)
        put_str(&w, "0123456789");
    writer_flush(&w);
    CHECK(!w.failed);
    close(w.fd);
    return NULL;
}

static void test_full(void)
{
    int fd[2];
    pthread_t t;
    CHECK_EQ(pipe2(fd, O_NONBLOCK), 0);
    CHECK_EQ(fcntl(fd[0], F_SETFL, 0), 0);
    CHECK_EQ(pthread_create(&t, NULL, write_long, &fd[1]), 0);
    CHECK_EQ(read_all(fd[0]), LONG);
    for (int i = 0; i < LONG; i++)
        CHECK(got[i] == '0' + i % 10);
    pthread_join(t, NULL);
    close(fd[0]);
}

static void test_closed(void)
{
    int fd[2];
    struct writer w;
    CHECK_EQ(pipe(fd), 0);
    close(fd[0]);
    signal(SIGPIPE, SIG_IGN);
    writer_init(&w, fd[1]);
    put_str(&w, "lost");
    writer_flush(&w);
    CHECK(w.failed);
    close(fd[1]);
}

int main(void)
{
    test_numbers();
    test_full();
    test_closed();
}
