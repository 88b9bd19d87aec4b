/* SPDX-License-Identifier: MIT */
/* TLS: the server is verified by default, against a file of trusted certificates and by
 * its name; a client shows a certificate of its own if the server wants one. */
#include "support.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

static int openssl(const char *words)
{
    char copy[1024], *argv[40];
    int n = 0, status;
    pid_t pid;
    snprintf(copy, sizeof copy, "openssl %s", words);
    for (char *w = strtok(copy, " "); w; w = strtok(NULL, " "))
        argv[n++] = w;
    argv[n] = NULL;
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", 1, 0);
    int err = posix_spawnp(&pid, "openssl", &quiet, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&quiet);
    if (err || waitpid(pid, &status, 0) != pid)
        return -1;
    return WEXITSTATUS(status);
}

/* NAME.key and NAME.crt in the test's folder, signed by themselves. */
static int certificate(const char *name, const char *host)
{
    char words[512];
    snprintf(words, sizeof words,
             "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -batch "
             "-subj /CN=%s -addext subjectAltName=DNS:%s -keyout %s/%s.key -out %s/%s.crt",
             host, host, server_folder(), name, server_folder(), name);
    return openssl(words);
}

static char paths[8][128];

static const char *path(int i, const char *name)
{
    snprintf(paths[i], sizeof paths[i], "%s/%s", server_folder(), name);
    return paths[i];
}

static int try(const go_nats_options *o)
{
    go_nats *nc;
    char url[64];
    snprintf(url, sizeof url, "tls://localhost:%s", strrchr(server_url(), ':') + 1);
    int err = go_nats_connect(&nc, url, o, LAST);
    if (!err)
        CHECK_OK(go_nats_flush(nc, LAST));
    go_nats_drop(nc);
    return err;
}

int main(void)
{
    char words[512];
    guard_start();
    if (certificate("server", "localhost") != 0 || certificate("client", "client") != 0)
        return 77; /* no openssl */
    snprintf(words, sizeof words, "--tls --tlscert %s --tlskey %s", path(0, "server.crt"),
             path(1, "server.key"));
    server_start(words);
    go_nats_options o = { .tls_ca = path(2, "server.crt") };
    CHECK_EQ(try(&o), 0);
    o.tls_host = "elsewhere";
    CHECK_EQ(try(&o), -EPROTO);
    o.tls_host = "localhost";
    CHECK_EQ(try(&o), 0);
    o = (go_nats_options){ .tls_ca = path(3, "client.crt") }; /* trusts somebody else */
    CHECK_EQ(try(&o), -EPROTO);
    CHECK_EQ(try(NULL), -EPROTO); /* nobody of the system's has signed it */
    o = (go_nats_options){ .tls = true, .tls_insecure = true };
    CHECK_EQ(try(&o), 0);
    o = (go_nats_options){ .tls_ca = path(2, "no such file") };
    CHECK(try(&o) < 0);
    server_kill();
    snprintf(words, sizeof words, "--tlsverify --tlscert %s --tlskey %s --tlscacert %s",
             path(0, "server.crt"), path(1, "server.key"), path(3, "client.crt"));
    server_start(words);
    o = (go_nats_options){ .tls_ca = path(2, "server.crt") };
    CHECK(try(&o) < 0);
    o.tls_cert = path(3, "client.crt");
    o.tls_key = path(4, "client.key");
    CHECK_EQ(try(&o), 0);
}
