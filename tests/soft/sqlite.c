/* SPDX-License-Identifier: MIT */
/* SQLite on default stacks: parser, sorter, recursion, callbacks; and one
 * connection that many goroutines use, with SQLite's own pthread mutexes. */
#include "check.h"

#include <goroutine.h>
#include <sqlite3.h>
#include <string.h>

static void run(sqlite3 *db, const char *sql)
{
    char *text = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &text) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, text ? text : "?");
        _Exit(1);
    }
}

static int64_t query(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt;
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db));
        _Exit(1);
    }
    CHECK_EQ(sqlite3_step(stmt), SQLITE_ROW);
    int64_t v = sqlite3_column_int64(stmt, 0);
    CHECK_EQ(sqlite3_finalize(stmt), SQLITE_OK);
    return v;
}

/* A function in C called by SQL, which parks its goroutine inside a query.  The
 * goroutine may be on another thread after it, so the connection must not hold a
 * pthread mutex meanwhile: it is opened without one. */
static void parks(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
    CHECK_EQ(argc, 1);
    go_yield();
    sqlite3_result_int64(ctx, sqlite3_value_int64(argv[0]) * 2);
}

static void own_database(int n, go_waitgroup *wg)
{
    sqlite3 *db;
    CHECK_EQ(sqlite3_open_v2(":memory:", &db,
                             SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                             NULL),
             SQLITE_OK);
    CHECK_EQ(sqlite3_create_function(db, "parks", 1, SQLITE_UTF8, NULL, parks, NULL, NULL),
             SQLITE_OK);
    run(db, "create table t(a integer primary key, b text, c real)");
    run(db, "create index i on t(b)");
    char sql[256];
    snprintf(sql, sizeof sql,
             "with recursive s(i) as (select 1 union all select i + 1 from s where i < %d) "
             "insert into t select i, printf('%%08d', %d - i), i * 0.5 from s",
             n, n);
    run(db, sql);
    CHECK_EQ(query(db, "select count(*) from t"), n);
    CHECK_EQ(query(db, "select a from t order by b limit 1"), n);
    CHECK_EQ(query(db, "select sum(parks(a)) from t"), (int64_t)n * (n + 1));
    CHECK_EQ(query(db, "select count(*) from t x join t y on x.b = y.b where x.c >= 0"), n);
    run(db, "begin; delete from t where a % 2; rollback");
    run(db, "delete from t where a % 2 = 0");
    CHECK_EQ(query(db, "select count(*) from t"), (n + 1) / 2);
    CHECK_EQ(sqlite3_close(db), SQLITE_OK);
    go_waitgroup_done(wg);
}

/* Nested about as deep as its parser's own stack allows. */
static void deep_expression(go_waitgroup *wg)
{
    enum { DEPTH = 24 };
    char sql[4 * DEPTH + 64] = "select ";
    for (int i = 0; i < DEPTH; i++)
        strcat(sql, "(1+");
    strcat(sql, "0");
    for (int i = 0; i < DEPTH; i++)
        strcat(sql, ")");
    sqlite3 *db;
    CHECK_EQ(sqlite3_open(":memory:", &db), SQLITE_OK);
    CHECK_EQ(query(db, sql), DEPTH);
    CHECK_EQ(sqlite3_close(db), SQLITE_OK);
    go_waitgroup_done(wg);
}

static void share(sqlite3 *db, int me, int n, go_waitgroup *wg)
{
    for (int i = 0; i < n; i++) {
        char sql[128];
        snprintf(sql, sizeof sql, "insert into s values(%d, %d)", me, i);
        run(db, sql);
        if (i % 10 == 0)
            go_yield();
    }
    go_waitgroup_done(wg);
}

static void shared_database(int goroutines, int n)
{
    sqlite3 *db;
    go_waitgroup wg = { 0 };
    CHECK_EQ(sqlite3_open_v2(":memory:", &db,
                             SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX,
                             NULL),
             SQLITE_OK);
    run(db, "create table s(who integer, i integer)");
    go_waitgroup_add(&wg, goroutines);
    for (int i = 0; i < goroutines; i++)
        go(share, db, i, n, &wg);
    go_waitgroup_wait(&wg);
    CHECK_EQ(query(db, "select count(*) from s"), (int64_t)goroutines * n);
    CHECK_EQ(sqlite3_close(db), SQLITE_OK);
}

int main(void)
{
    int n = test_scale(20, 3);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 2 * n);
    for (int i = 0; i < n; i++) {
        go(own_database, test_scale(2000, 200), &wg);
        go(deep_expression, &wg);
    }
    go_waitgroup_wait(&wg);
    shared_database(8, test_scale(500, 50));
}
