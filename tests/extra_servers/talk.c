/* SPDX-License-Identifier: MIT */
#include "talk.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_ARGS = 8 };

struct server server_start(const char *program, ...)
{
    const char *args[MAX_ARGS] = { program, "127.0.0.1:0" };
    int n = 2, out[2];
    va_list ap;
    va_start(ap, program);
    while ((args[n] = va_arg(ap, const char *)))
        CHECK(++n < MAX_ARGS);
    va_end(ap);
    CHECK(pipe(out) == 0);
    struct server s = { .pid = fork() };
    CHECK(s.pid >= 0);
    if (s.pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(out[1], STDOUT_FILENO);
        close(out[0]);
        close(out[1]);
        execv(program, (char **)args);
        _exit(127);
    }
    char line[64];
    close(out[1]);
    CHECK(hear_line(out[0], line, sizeof line));
    CHECK(sscanf(line, "listening on 127.0.0.1:%d", &s.port) == 1);
    snprintf(s.address, sizeof s.address, "127.0.0.1:%d", s.port);
    close(out[0]);
    return s;
}

void server_wait(struct server s)
{
    int status = 0;
    for (int ms = 0; waitpid(s.pid, &status, WNOHANG) == 0; ms += 5) {
        CHECK(ms < PATIENCE_MS);
        usleep(5000);
    }
    CHECK(WIFEXITED(status));
    CHECK_EQ(WEXITSTATUS(status), 0);
}

void server_stop(struct server s)
{
    CHECK(kill(s.pid, SIGTERM) == 0);
    server_wait(s);
}

long server_resident(struct server s)
{
    char path[64], line[256];
    long kib = -1;
    snprintf(path, sizeof path, "/proc/%d/status", (int)s.pid);
    FILE *f = fopen(path, "r");
    CHECK(f);
    while (fgets(line, sizeof line, f))
        if (sscanf(line, "VmRSS: %ld", &kib) == 1)
            break;
    fclose(f);
    return kib;
}

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in){ .sin_family = AF_INET,
                                 .sin_port = htons((uint16_t)port),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

static int dial_with(int port, int receive_buffer)
{
    struct sockaddr_in to = loopback(port);
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
    CHECK(fd >= 0);
    if (receive_buffer)
        CHECK(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer) == 0);
    CHECK(connect(fd, (struct sockaddr *)&to, sizeof to) == 0);
    CHECK(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) == 0);
    return fd;
}

int dial(int port)
{
    return dial_with(port, 0);
}

int dial_small(int port)
{
    return dial_with(port, 4096);
}

int listen_on(int *port)
{
    struct sockaddr_in at = loopback(0);
    socklen_t size = sizeof at;
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&at, size) == 0 && listen(fd, 100) == 0);
    CHECK(getsockname(fd, (struct sockaddr *)&at, &size) == 0);
    *port = ntohs(at.sin_port);
    return fd;
}

static void await(int fd)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };
    CHECK(poll(&p, 1, PATIENCE_MS) == 1);
}

int accept_on(int listener)
{
    await(listener);
    const int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    CHECK(fd >= 0);
    return fd;
}

void say_bytes(int fd, const void *at, size_t n)
{
    for (size_t sent = 0; sent < n;) {
        const ssize_t r = send(fd, (const char *)at + sent, n - sent, MSG_NOSIGNAL);
        CHECK(r > 0);
        sent += (size_t)r;
    }
}

void say(int fd, const char *text)
{
    say_bytes(fd, text, strlen(text));
}

void say_slowly(int fd, const char *text)
{
    for (; *text; text++)
        say_bytes(fd, text, 1);
}

bool try_say(int fd, const char *text)
{
    return send(fd, text, strlen(text), MSG_NOSIGNAL) == (ssize_t)strlen(text);
}

bool is_answered(int fd)
{
    char c;
    await(fd);
    return recv(fd, &c, 1, MSG_PEEK) == 1;
}

ssize_t hear_some(int fd, void *at, size_t n)
{
    await(fd);
    const ssize_t r = read(fd, at, n);
    CHECK(r >= 0 || errno == ECONNRESET);
    return r;
}

void hear_bytes(int fd, const void *at, size_t n)
{
    char buffer[1 << 14];
    for (size_t heard = 0; heard < n;) {
        const size_t left = n - heard;
        const ssize_t r = hear_some(fd, buffer, left < sizeof buffer ? left : sizeof buffer);
        CHECK(r > 0);
        if (memcmp(buffer, (const char *)at + heard, (size_t)r) != 0) {
            fprintf(stderr, "heard: %.*s\ninstead of: %.*s\n", (int)r, buffer, (int)r,
                    (const char *)at + heard);
            _Exit(1);
        }
        heard += (size_t)r;
    }
}

void hear(int fd, const char *text)
{
    hear_bytes(fd, text, strlen(text));
}

bool hear_line(int fd, char *line, size_t size)
{
    for (size_t n = 0; n < size; n++) {
        const ssize_t r = hear_some(fd, line + n, 1);
        CHECK(r >= 0);
        if (r == 0)
            return false;
        if (line[n] == '\n') {
            line[n] = '\0';
            return true;
        }
    }
    CHECK(!"a line so long");
    return false;
}

void hear_end(int fd)
{
    char c;
    CHECK_EQ(hear_some(fd, &c, 1), 0);
    close(fd);
}

void hear_gone(int fd)
{
    char buffer[4096];
    while (hear_some(fd, buffer, sizeof buffer) > 0)
        ;
    close(fd);
}

void hear_nothing_yet(int fd)
{
    char c;
    CHECK(recv(fd, &c, 1, MSG_DONTWAIT) < 0 && errno == EAGAIN);
}

void no_more(int fd)
{
    CHECK(shutdown(fd, SHUT_WR) == 0);
}

void reset(int fd)
{
    const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
    CHECK(setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) == 0);
    close(fd);
}
