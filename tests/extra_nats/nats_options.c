/* SPDX-License-Identifier: MIT */
/* Who is admitted, and what is said when nobody can be reached.  TLS: nats_tls.c. */
#include "support.h"

#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <unistd.h>

static int try(const char *url, const go_nats_options *o)
{
    go_nats *nc;
    int err = go_nats_connect(&nc, url, o, LAST);
    CHECK((err == 0) == (nc != NULL));
    if (!err)
        CHECK_OK(go_nats_flush(nc, LAST));
    go_nats_drop(nc);
    return err;
}

/* A server that accepts and says nothing. */
static void mute(void)
{
    struct sockaddr_in a = { .sin_family = AF_INET };
    socklen_t n = sizeof a;
    char url[64];
    go_nats *nc;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(bind(fd, (struct sockaddr *)&a, sizeof a) == 0 && listen(fd, 5) == 0);
    CHECK(getsockname(fd, (struct sockaddr *)&a, &n) == 0);
    snprintf(url, sizeof url, "nats://127.0.0.1:%d", ntohs(a.sin_port));
    int64_t until = go_now() + 50 * GO_MILLISECOND;
    CHECK_EQ(go_nats_connect(&nc, url, NULL, until), -ETIMEDOUT);
    CHECK(!nc && go_now() >= until);
    close(fd);
}

static void passwords(void)
{
    char url[128];
    const char *host = strrchr(server_url(), '/') + 1;
    go_nats_options o = { .name = "tester", .user = "me", .password = "secret" };
    CHECK_EQ(try(server_url(), &o), 0);
    o.password = "wrong";
    CHECK_EQ(try(server_url(), &o), -EACCES);
    CHECK_EQ(try(server_url(), NULL), -EACCES);
    snprintf(url, sizeof url, "nats://me:secret@%s", host);
    CHECK_EQ(try(url, NULL), 0);
    /* One of several that cannot be reached. */
    snprintf(url, sizeof url, "nats://127.0.0.1:1,nats://me:secret@%s", host);
    CHECK_EQ(try(url, NULL), 0);
}

static void token(void)
{
    go_nats_options o = { .token = "abc" };
    CHECK_EQ(try(server_url(), &o), 0);
    o.token = "abd";
    CHECK_EQ(try(server_url(), &o), -EACCES);
}

/* Echo, and a subject that the server does not permit. */
static void permitted(void)
{
    go_nats *nc;
    go_nats_message *m;
    go_nats_options o = { .no_echo = true, .user = "me", .password = "secret" };
    CHECK_OK(go_nats_connect(&nc, server_url(), &o, LAST));
    go_nats *other = nc;
    o.no_echo = false;
    CHECK_OK(go_nats_connect(&nc, server_url(), &o, LAST));
    go_nats_sub *quiet = subscribe(other, "e", (go_nats_sub_options){ 0 });
    say(other, "e", "mine");
    CHECK_OK(go_nats_flush(other, LAST));
    say(nc, "e", "yours");
    m = next(quiet);
    CHECK(strcmp(m->data, "yours") == 0);
    go_nats_message_drop(m);
    say(nc, "forbidden", "x");
    go_nats_event e = await_event(nc, GO_NATS_ERROR);
    CHECK(e.error == -EPERM && strstr(e.text, "forbidden"));
    go_nats_sub_drop(quiet);
    go_nats_drop(other);
    go_nats_drop(nc);
}

static void config(const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/config", server_folder());
    FILE *f = fopen(path, "w");
    fputs(text, f);
    fclose(f);
}

int main(void)
{
    char words[256];
    go_nats_options o = { 0 };
    guard_start();
    /* Before there was any connection. */
    go_nats_message *m = go_nats_message_new("a", NULL, "x", 1);
    CHECK_OK(go_nats_set_header(m, "Key", "value"));
    CHECK(strcmp(go_nats_header(m, "Key"), "value") == 0);
    go_nats_message_drop(m);
    CHECK_EQ(try(server_url(), NULL), -ECONNREFUSED); /* port 1 */
    CHECK_EQ(try("", NULL), -EINVAL);
    CHECK_EQ(try(NULL, NULL), -EINVAL);
    o.inbox_prefix = "a b";
    CHECK_EQ(try(server_url(), &o), -EINVAL);
    go_nats *nc;
    CHECK_EQ(go_nats_connect(&nc, server_url(), NULL, go_now() - 1), -ETIMEDOUT);
    mute();
    config("authorization { users = [ { user: me, password: secret, permissions: {\n"
           "  publish: { deny: forbidden } } } ] }\n");
    snprintf(words, sizeof words, "-c %s/config", server_folder());
    server_start(words);
    passwords();
    permitted();
    server_kill();
    server_start("--auth abc");
    token();
}
