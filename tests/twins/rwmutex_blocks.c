/* SPDX-License-Identifier: MIT */
/* Reading and writing under a lock for a block; every way out gives it back. */
#include <goroutine.h>
#include <stdio.h>
#include <string.h>

enum { ROOM = 8 };

struct book {
    go_rwmutex mu;
    int n;
    const char *names[ROOM];
    int numbers[ROOM];
};

static int find(struct book *b, const char *name)
{
    go_with_rlock (&b->mu) {
        for (int i = 0; i < b->n; i++) {
            if (strcmp(b->names[i], name) == 0)
                return b->numbers[i];
        }
    }
    return -1;
}

static bool add(struct book *b, const char *name, int number)
{
    go_with_wlock (&b->mu) {
        if (b->n == ROOM)
            break;
        b->names[b->n] = name;
        b->numbers[b->n++] = number;
        return true;
    }
    return false;
}

static const char *state(struct book *b)
{
    if (!go_rwmutex_try_lock(&b->mu))
        return "locked";
    go_rwmutex_unlock(&b->mu);
    return "free";
}

static void reader(struct book *b, const char *name, int want, go_int32 *wrong)
{
    for (int i = 0; i < 50; i++) {
        if (find(b, name) != want)
            go_int32_add(wrong, 1);
    }
}

int main(void)
{
    static const char *const names[] = { "ada", "bob", "cleo", "dan", "eve",
                                         "fay", "gus", "hal",  "ida" };
    struct book b = { 0 };
    go_int32 wrong = { 0 };
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 9; i++) {
        bool ok = add(&b, names[i], 100 + i);
        printf("%s %s, %s\n", names[i], ok ? "added" : "has no room", state(&b));
    }
    for (int i = 0; i < 9; i++)
        go_waitgroup_go(&wg, reader, &b, names[i], i < ROOM ? 100 + i : -1, &wrong);
    go_waitgroup_wait(&wg);
    printf("wrong %d, ida %d, %s\n", go_int32_load(&wrong), find(&b, "ida"), state(&b));
}
