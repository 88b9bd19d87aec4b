/* SPDX-License-Identifier: MIT */
/* libcurl's easy interface, unchanged: 500 transfers in parallel.  The server is in the same
 * program, in the plainest blocking calls, and answers nobody before all have asked. */
#include "servers.h"

#include <curl/curl.h>

enum { CLIENTS = 500, BODY = 100000, NAMED = 25 };

static char body[BODY];
static int port;
static go_waitgroup asked, served, clients;

/* --- The server ------------------------------------------------------------------------ */

static void read_request(int fd)
{
    char text[4096];
    size_t have = 0;
    do {
        ssize_t n = read(fd, text + have, sizeof text - 1 - have);
        CHECK(n > 0);
        have += (size_t)n;
        text[have] = '\0';
    } while (!strstr(text, "\r\n\r\n"));
    CHECK(strncmp(text, "GET /file", 9) == 0);
}

static void serve(int fd)
{
    char head[128];
    read_request(fd);
    go_waitgroup_done(&asked);
    go_waitgroup_wait(&asked);
    int n = snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", BODY);
    CHECK_EQ(write(fd, head, (size_t)n), n);
    CHECK_EQ(write(fd, body, BODY / 2), BODY / 2);
    usleep(1000);
    CHECK_EQ(send(fd, body + BODY / 2, BODY / 2, 0), BODY / 2);
    CHECK_EQ(close(fd), 0);
    go_waitgroup_done(&served);
}

static void listen_for(int l, int n)
{
    for (int i = 0; i < n; i++) {
        int fd = accept(l, NULL, NULL);
        CHECK(fd >= 0);
        go(serve, fd);
    }
    close(l);
}

/* --- The clients ------------------------------------------------------------------------ */

static size_t compare(char *data, size_t size, size_t n, void *arg)
{
    size_t *have = arg;
    CHECK(*have + size * n <= BODY);
    CHECK(memcmp(data, body + *have, size * n) == 0);
    *have += size * n;
    return size * n;
}

static void client(int me)
{
    char url[64], text[CURL_ERROR_SIZE] = "";
    size_t have = 0;
    long status = 0;
    /* By name, curl asks getaddrinfo on a thread of its own. */
    snprintf(url, sizeof url, "http://%s:%d/file?%d", me < NAMED ? "localhost" : "127.0.0.1", port,
             me);
    CURL *c = curl_easy_init();
    CHECK(c != NULL);
    curl_easy_setopt(c, CURLOPT_URL, url);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_IPRESOLVE, (long)CURL_IPRESOLVE_V4);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, 50L);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, text);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, compare);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &have);
    CURLcode r = curl_easy_perform(c);
    if (r != CURLE_OK) {
        fprintf(stderr, "%s: %s\n", url, text);
        _Exit(1);
    }
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    CHECK_EQ(status, 200);
    CHECK_EQ(have, BODY);
    curl_easy_cleanup(c);
    go_waitgroup_done(&clients);
}

int main(void)
{
    CHECK_IN_FORCE();
    setvbuf(stdout, NULL, _IOLBF, 0); /* what was printed shows if a check fails */
    struct sockaddr_in at;
    go_waitgroup watch = { 0 };
    raise_fd_limit();
    go_maxprocs(2);
    CHECK_EQ(curl_global_init(CURL_GLOBAL_DEFAULT), 0);
    for (int i = 0; i < BODY; i++)
        body[i] = (char)(i * 13 + i / 509);
    int l = listen_tcp(CLIENTS, &at);
    port = ntohs(at.sin_port);

    int64_t start = go_now();
    watch_begin(&watch);
    go_waitgroup_add(&asked, CLIENTS);
    go_waitgroup_add(&served, CLIENTS);
    go_waitgroup_add(&clients, CLIENTS);
    go(listen_for, l, (int)CLIENTS);
    for (int i = 0; i < CLIENTS; i++)
        go(client, i);
    go_waitgroup_wait(&clients);
    go_waitgroup_wait(&served);
    int most = watch_end(&watch);
    printf("%d transfers at once took %.2f s, never more than %d threads\n", CLIENTS,
           seconds(start), most);
    CHECK(most <= few_threads(CLIENTS) + NAMED);
    curl_global_cleanup();
    return 0;
}
