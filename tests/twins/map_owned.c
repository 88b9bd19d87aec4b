/* SPDX-License-Identifier: MIT */
/* A map that owns its values: they are freed when they are replaced or deleted, but
 * not while somebody looks at them. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct note {
    char text[32];
    int version;
};

static go_int32 alive;

static struct note *note_new(const char *text, int version)
{
    struct note *n = malloc(sizeof(*n));
    if (!n)
        abort();
    snprintf(n->text, sizeof(n->text), "%s %d", text, version);
    n->version = version;
    go_int32_add(&alive, 1);
    return n;
}

static void note_free(void *n)
{
    memset(n, '!', sizeof(struct note));
    free(n);
    go_int32_add(&alive, -1);
}

static const go_map_kind by_name = { GO_MAP_STRING_KEYS, .destroy_value = note_free };
static const go_map_kind by_number = { GO_MAP_INTEGER_KEYS, .destroy_value = note_free };
static go_map names = GO_MAP_INIT(&by_name), numbers = GO_MAP_INIT(&by_number);

static void store(go_map *m, const void *key, const char *text, int version)
{
    if (go_map_store(m, key, note_new(text, version)) != 0)
        abort();
}

static void writer(int id)
{
    char name[16];
    snprintf(name, sizeof(name), "name%d", id);
    for (int v = 1; v <= 30; v++) {
        uint64_t number = (uint64_t)v % 10;
        store(&names, name, name, v);
        store(&numbers, &number, "number", v);
        go_yield();
    }
}

static void reader(int id, int *broken)
{
    char name[16];
    snprintf(name, sizeof(name), "name%d", id);
    for (int last = 0; last < 30; go_yield()) {
        go_with_map(&names)
        { /* what is loaded lives to the end of the block */
            void *v;
            if (!go_map_load(&names, name, &v))
                continue;
            struct note *n = v;
            char want[32];
            snprintf(want, sizeof(want), "%s %d", name, n->version);
            *broken += strcmp(n->text, want) != 0 || n->version < last;
            last = n->version;
        }
    }
}

int main(void)
{
    int broken[4] = { 0 };
    go_waitgroup wg = { 0 };
    for (int id = 0; id < 4; id++) {
        go_waitgroup_go(&wg, reader, id, &broken[id]);
        go_waitgroup_go(&wg, writer, id);
    }
    go_waitgroup_wait(&wg);
    printf("broken %d\n", broken[0] + broken[1] + broken[2] + broken[3]);
    printf("names %zu numbers %zu\n", go_map_len(&names), go_map_len(&numbers));
    for (uint64_t number = 0; number < 10; number++) {
        go_with_map(&numbers)
        {
            void *v = NULL;
            go_map_load(&numbers, &number, &v);
            printf("%s\n", ((struct note *)v)->text);
        }
    }
    go_map_delete(&names, "name2");
    printf("names %zu, name2 there: %s\n", go_map_len(&names),
           go_map_load(&names, "name2", NULL) ? "true" : "false");
    go_map_free(&names);
    go_map_free(&numbers);
    if (go_int32_load(&alive) != 0)
        printf("not freed: %d\n", go_int32_load(&alive));
}
