/* SPDX-License-Identifier: MIT */
/* SQLite, unchanged, on files: 50 goroutines on four databases in WAL mode that wait for
 * each other by busy timeouts; each with a connection of its own, then several on one. */
#include "servers.h"

#include <sqlite3.h>
#include <sys/stat.h>

enum { CLIENTS = 50, DATABASES = 4, TURNS = 20, SHARING = 20 };

static char dir[] = "/tmp/go_posix.XXXXXX";
static go_waitgroup clients;

static void file_of(int database, char path[64], const char *suffix)
{
    snprintf(path, 64, "%s/%d.db%s", dir, database, suffix);
}

static sqlite3 *open_database(int database, int flags)
{
    char path[64];
    sqlite3 *db;
    file_of(database, path, "");
    CHECK_EQ(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | flags, NULL),
             SQLITE_OK);
    CHECK_EQ(sqlite3_busy_timeout(db, 50000), SQLITE_OK);
    return db;
}

static void do_sql(sqlite3 *db, const char *sql)
{
    char *text = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &text) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, text);
        _Exit(1);
    }
}

static int number(void *arg, int n, char **values, char **names)
{
    (void)n, (void)names;
    *(long *)arg = values[0] ? atol(values[0]) : 0;
    return 0;
}

static long ask_sql(sqlite3 *db, const char *sql)
{
    long n = -1;
    CHECK_EQ(sqlite3_exec(db, sql, number, &n, NULL), SQLITE_OK);
    return n;
}

/* Between reading and writing others have their turn, and wait for this one. */
static void take_turns(int me, int flags)
{
    sqlite3 *db = open_database(me % DATABASES, flags);
    char sql[96];
    for (int i = 0; i < TURNS; i++) {
        do_sql(db, "BEGIN IMMEDIATE");
        long n = ask_sql(db, "SELECT n FROM counter");
        usleep(200);
        snprintf(sql, sizeof sql, "UPDATE counter SET n = %ld", n + 1);
        do_sql(db, sql);
        snprintf(sql, sizeof sql, "INSERT INTO made VALUES (%d, %d)", me, i);
        do_sql(db, sql);
        do_sql(db, "COMMIT");
    }
    CHECK_EQ(sqlite3_close(db), SQLITE_OK);
    go_waitgroup_done(&clients);
}

/* A connection of many: its mutex, a recursive one, is held while it waits for a file. */
static void share(sqlite3 *db, int me)
{
    char sql[96];
    for (int i = 0; i < TURNS; i++) {
        snprintf(sql, sizeof sql, "INSERT INTO made VALUES (%d, %d)", me, i);
        do_sql(db, sql);
        snprintf(sql, sizeof sql, "UPDATE counter SET n = n + 1");
        do_sql(db, sql);
    }
    go_waitgroup_done(&clients);
}

static void create_databases(void)
{
    for (int i = 0; i < DATABASES; i++) {
        sqlite3 *db = open_database(i, 0);
        do_sql(db, "PRAGMA journal_mode = WAL");
        do_sql(db, "PRAGMA synchronous = NORMAL");
        do_sql(db, "DROP TABLE IF EXISTS counter; DROP TABLE IF EXISTS made");
        do_sql(db, "CREATE TABLE counter (n int); INSERT INTO counter VALUES (0)");
        do_sql(db, "CREATE TABLE made (who int, turn int)");
        CHECK_EQ(sqlite3_close(db), SQLITE_OK);
    }
}

static void check_databases(long turns)
{
    long n = 0, made = 0;
    for (int i = 0; i < DATABASES; i++) {
        sqlite3 *db = open_database(i, 0);
        n += ask_sql(db, "SELECT n FROM counter");
        made += ask_sql(db, "SELECT count(*) FROM (SELECT DISTINCT who, turn FROM made)");
        do_sql(db, "PRAGMA integrity_check");
        CHECK_EQ(sqlite3_close(db), SQLITE_OK);
    }
    CHECK_EQ(n, turns);
    CHECK_EQ(made, turns);
}

static void apart(int flags, int limit, const char *what)
{
    int64_t start = go_now();
    go_waitgroup watch = { 0 };
    create_databases();
    watch_begin(&watch);
    go_waitgroup_add(&clients, CLIENTS);
    for (int i = 0; i < CLIENTS; i++)
        go(take_turns, i, flags);
    go_waitgroup_wait(&clients);
    int most = watch_end(&watch);
    printf("%d connections, %s: %.2f s, never more than %d threads\n", CLIENTS, what,
           seconds(start), most);
    check_databases(CLIENTS * TURNS);
    CHECK(most <= limit);
}

static void shared(void)
{
    int64_t start = go_now();
    sqlite3 *db[DATABASES];
    create_databases();
    go_waitgroup_add(&clients, 2 * SHARING);
    for (int i = 0; i < DATABASES; i++)
        db[i] = open_database(i, SQLITE_OPEN_FULLMUTEX);
    for (int i = 0; i < SHARING; i++) {
        go(share, db[i % DATABASES], i);
        go(take_turns, SHARING + i, SQLITE_OPEN_NOMUTEX);
    }
    go_waitgroup_wait(&clients);
    for (int i = 0; i < DATABASES; i++)
        CHECK_EQ(sqlite3_close(db[i]), SQLITE_OK);
    printf("%d goroutines on %d connections: %.2f s\n", SHARING, DATABASES, seconds(start));
    check_databases(2 * SHARING * TURNS);
}

int main(void)
{
    CHECK_IN_FORCE();
    setvbuf(stdout, NULL, _IOLBF, 0); /* what was printed shows if a check fails */
    CHECK(mkdtemp(dir) != NULL);
    go_maxprocs(2);
    apart(SQLITE_OPEN_NOMUTEX, CLIENTS, "without mutexes"); /* but fsync is a thread */
    apart(SQLITE_OPEN_FULLMUTEX, CLIENTS + few_threads(CLIENTS), "each with its mutex");
    shared();
    static const char *const suffixes[] = { "", "-wal", "-shm" };
    for (int i = 0; i < DATABASES; i++)
        for (int k = 0; k < 3; k++) {
            char path[64];
            file_of(i, path, suffixes[k]);
            unlink(path);
        }
    rmdir(dir);
    return 0;
}
