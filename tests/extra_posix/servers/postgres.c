/* SPDX-License-Identifier: MIT */
/* libpq, unchanged: 500 goroutines, each in a transaction on a connection of its own, all at
 * once, on two Ps.  They sleep in the server, write, and some roll back. */
#include "servers.h"

#include <libpq-fe.h>

enum { CLIENTS = 500, SLEEP_MS = 200, ACCOUNTS = 1000 };

static char where[512];
static go_waitgroup all_in, clients;
static go_chan(int) sleep_now;

static PGconn *postgres(void)
{
    PGconn *c = PQconnectdb(where);
    if (PQstatus(c) != CONNECTION_OK) {
        fprintf(stderr, "postgres: %s\n", PQerrorMessage(c));
        _Exit(1);
    }
    return c;
}

static void do_sql(PGconn *c, const char *sql)
{
    PGresult *r = PQexec(c, sql);
    if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK) {
        fprintf(stderr, "%s: %s\n", sql, PQerrorMessage(c));
        _Exit(1);
    }
    PQclear(r);
}

static long ask_sql(PGconn *c, const char *sql)
{
    PGresult *r = PQexec(c, sql);
    if (PQresultStatus(r) != PGRES_TUPLES_OK || PQntuples(r) != 1) {
        fprintf(stderr, "%s: %s\n", sql, PQerrorMessage(c));
        _Exit(1);
    }
    long n = atol(PQgetvalue(r, 0, 0));
    PQclear(r);
    return n;
}

static void insert(PGconn *c, int me)
{
    char id[16];
    const char *values[] = { id };
    snprintf(id, sizeof id, "%d", me);
    PGresult *r = PQexecParams(c, "INSERT INTO made (id, by) VALUES ($1, pg_backend_pid())", 1,
                               NULL, values, NULL, NULL, 0);
    CHECK_EQ(PQresultStatus(r), PGRES_COMMAND_OK);
    PQclear(r);
}

/* One in five rolls back. */
static void client(int me)
{
    char sql[128];
    PGconn *c = postgres();
    do_sql(c, "BEGIN");
    insert(c, me);
    go_waitgroup_done(&all_in);
    go_recv(sleep_now, NULL);
    snprintf(sql, sizeof sql, "SELECT pg_sleep(%g)", SLEEP_MS / 1000.0);
    do_sql(c, sql);
    snprintf(sql, sizeof sql, "UPDATE account SET n = n + 1 WHERE id = %d", me % ACCOUNTS);
    do_sql(c, sql);
    snprintf(sql, sizeof sql, "SELECT count(*) FROM made WHERE id = %d", me);
    CHECK_EQ(ask_sql(c, sql), 1);
    do_sql(c, me % 5 ? "COMMIT" : "ROLLBACK");
    PQfinish(c);
    go_waitgroup_done(&clients);
}

int main(void)
{
    CHECK_IN_FORCE();
    setvbuf(stdout, NULL, _IOLBF, 0); /* what was printed shows if a check fails */
    snprintf(where, sizeof where, "host=%s user=postgres dbname=postgres", server_dir());
    raise_fd_limit();
    go_maxprocs(2);
    go_waitgroup watch = { 0 };
    PGconn *c = postgres();
    do_sql(c, "CREATE TABLE made (id int, by int)");
    do_sql(c, "CREATE TABLE account (id int PRIMARY KEY, n int)");
    do_sql(c, "INSERT INTO account SELECT i, 0 FROM generate_series(0, 999) i");

    int64_t start = go_now();
    watch_begin(&watch);
    sleep_now = go_make(int, 0);
    go_waitgroup_add(&all_in, CLIENTS);
    go_waitgroup_add(&clients, CLIENTS);
    for (int i = 0; i < CLIENTS; i++)
        go(client, i);
    go_waitgroup_wait(&all_in);
    CHECK_EQ(ask_sql(c, "SELECT count(*) FROM pg_stat_activity WHERE "
                        "state = 'idle in transaction'"),
             CLIENTS);
    printf("%d transactions open after %.2f s, %d threads\n", CLIENTS, seconds(start), threads());
    int64_t asleep = go_now();
    go_close(sleep_now);
    go_waitgroup_wait(&clients);
    double took = seconds(asleep);
    int most = watch_end(&watch);
    printf("%d times %d ms of sleep took %.2f s, never more than %d threads\n", CLIENTS, SLEEP_MS,
           took, most);
    CHECK(took < CLIENTS * SLEEP_MS / 1000.0 / 3);
    CHECK(most <= few_threads(CLIENTS));

    CHECK_EQ(ask_sql(c, "SELECT count(DISTINCT by) FROM made"), CLIENTS - CLIENTS / 5);
    CHECK_EQ(ask_sql(c, "SELECT count(*) FROM made"), CLIENTS - CLIENTS / 5);
    CHECK_EQ(ask_sql(c, "SELECT sum(n) FROM account"), CLIENTS - CLIENTS / 5);
    PQfinish(c);
    go_drop(sleep_now);
    return 0;
}
