/* SPDX-License-Identifier: MIT */
/* Scenes that are played twice: on a thread of pthread_create, where the calls are libc's,
 * and on a goroutine.  What each call returned has to be the same. */
#ifndef TESTS_EXTRA_POSIX_SAME_H
#define TESTS_EXTRA_POSIX_SAME_H

#include "support.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>

enum { SAME_NOTES = 128 };

struct notes {
    int n;
    struct note {
        const char *what;
        int line;
        long value;
        int err; /* if value is -1 */
    } note[SAME_NOTES];
};

struct scene {
    const char *name;
    void (*play)(struct notes *notes);
};

static inline long same_note(struct notes *t, const char *what, int line, long value)
{
    int err = value == -1 ? errno : 0;
    CHECK(t->n < SAME_NOTES);
    t->note[t->n++] = (struct note){ what, line, value, err };
    return value;
}

/* The value of x goes into the record, with errno if it is -1; and is the value of this. */
#define NOTE(x)       same_note(notes, #x, __LINE__, (long)(x))
#define NOTE_AS(s, x) same_note(notes, s, __LINE__, (long)(x))

struct same_play {
    const struct scene *scene;
    struct notes *notes;
    go_waitgroup *wg;
};

static inline void *same_thread(void *arg)
{
    struct same_play *p = arg;
    CHECK(!go_on_goroutine());
    p->scene->play(p->notes);
    return NULL;
}

static inline void same_goroutine(struct same_play *p)
{
    CHECK(go_on_goroutine());
    p->scene->play(p->notes);
    go_waitgroup_done(p->wg);
}

static inline int same_compare(const char *name, const struct notes *a, const struct notes *b)
{
    int bad = 0;
    for (int i = 0; i < a->n || i < b->n; i++) {
        const struct note *x = &a->note[i], *y = &b->note[i];
        if (i < a->n && i < b->n && x->line == y->line && x->value == y->value && x->err == y->err)
            continue;
        fprintf(stderr, "%s: line %d, %s: a thread %ld (%s), a goroutine %ld (%s)\n", name, x->line,
                x->what, x->value, strerror(x->err), y->value, strerror(y->err));
        bad = 1;
    }
    return bad;
}

static inline int same_play_all(const struct scene *scenes, size_t n)
{
    int bad = 0;
    CHECK_IN_FORCE();
    go_yield();
    for (size_t i = 0; i < n; i++) {
        static struct notes notes[2];
        go_waitgroup wg = { 0 };
        struct same_play play[2] = { { &scenes[i], &notes[0], NULL },
                                     { &scenes[i], &notes[1], &wg } };
        pthread_t t;
        notes[0].n = notes[1].n = 0;
        CHECK_EQ(pthread_create(&t, NULL, same_thread, &play[0]), 0);
        CHECK_EQ(pthread_join(t, NULL), 0);
        go_waitgroup_add(&wg, 1);
        go(same_goroutine, &play[1]);
        go_waitgroup_wait(&wg);
        CHECK(notes[0].n > 0);
        bad |= same_compare(scenes[i].name, &notes[0], &notes[1]);
    }
    return bad;
}

/* --- Somebody at the other end: a thread, so that it is the same in both. -------------- */

struct peer {
    pthread_t thread;
    int fd;
    void (*act)(int fd);
};

static inline void *peer_main(void *arg)
{
    struct peer *p = arg;
    p->act(p->fd);
    return NULL;
}

static inline void peer_start(struct peer *p, int fd, void (*act)(int fd))
{
    p->fd = fd;
    p->act = act;
    CHECK_EQ(pthread_create(&p->thread, NULL, peer_main, p), 0);
}

static inline void peer_end(struct peer *p)
{
    CHECK_EQ(pthread_join(p->thread, NULL), 0);
}

static inline void set_time_limit(int fd, int option, int ms)
{
    struct timeval t = { ms / 1000, ms % 1000 * 1000 };
    CHECK_EQ(setsockopt(fd, SOL_SOCKET, option, &t, sizeof t), 0);
}

#endif
