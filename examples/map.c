/* SPDX-License-Identifier: MIT */
/* map - a table of open files that many goroutines share: each file is counted by who
 * uses it, and closed by the last. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>

struct file {
    int users; /* atomic */
    char name[16];
};

static int closed; /* atomic */

static void drop(void *file)
{
    struct file *f = file;
    if (go_atomic_add(&f->users, -1) == 0) {
        go_atomic_add(&closed, 1);
        free(f);
    }
}

/* Called while the map still has its own hold on the file. */
static void hold(void *file, void *arg)
{
    (void)arg;
    go_atomic_add(&((struct file *)file)->users, 1);
}

static const go_map_kind kind = { GO_MAP_STRING_KEYS, drop };
static go_map files = GO_MAP_INIT(&kind);

static bool open_file(const char *name)
{
    struct file *f = calloc(1, sizeof *f);
    if (!f)
        return false;
    f->users = 1; /* the map's */
    snprintf(f->name, sizeof f->name, "%s", name);
    int r = go_map_load_or_store(&files, name, f, NULL);
    if (r != 0)
        free(f); /* it is open already, or out of memory */
    return r >= 0;
}

static void use(int id, int *used)
{
    for (int i = 0; i < 1000; i++) {
        char name[16];
        void *f;
        snprintf(name, sizeof name, "file %d", (id + i) % 10);
        if (!open_file(name))
            return;
        if (go_map_load_with(&files, name, hold, NULL, &f)) {
            *used += ((struct file *)f)->name[0] == 'f';
            drop(f);
        }
        if (i % 7 == 0)
            go_map_delete(&files, name); /* others may still use it */
    }
}

int main(void)
{
    enum { USERS = 8 };
    int used[USERS] = { 0 }, sum = 0;
    go_waitgroup wg = { 0 };
    for (int i = 0; i < USERS; i++)
        go_waitgroup_go(&wg, use, i, &used[i]);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < USERS; i++)
        sum += used[i];

    size_t left = go_map_len(&files);
    go_map_free(&files);
    printf("%d uses, %d files closed, %zu of them at the end\n", sum, closed, left);
    return closed == 0 || sum == 0;
}
