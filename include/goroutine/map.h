/* SPDX-License-Identifier: MIT */
/* A map that many goroutines use at once.  Like Go's sync.Map.
 *
 *     static go_map users = GO_MAP_INIT(&go_map_strings);
 *
 *     if (go_map_store(&users, "gopher", gopher) != 0)
 *         return -ENOMEM;
 *     void *user;
 *     if (go_map_load(&users, "gopher", &user))
 *         ...
 *
 * Loads take no lock and write nothing that another processor reads; what changes the
 * map locks one part of it.  A wait parks the goroutine, never its thread.  Any
 * goroutine or thread may call, except that a callback named hash, equal, copy_key or
 * hold must not use the map.
 *
 * Memory model: what changes an entry is synchronised before what sees the change.
 */
#ifndef GOROUTINE_MAP_H
#define GOROUTINE_MAP_H

#include <goroutine/base.h>
#include <goroutine/macros.h>
#include <goroutine/panic.h>

GO_BEGIN_DECLS

/* What a map knows of its keys and values.  Every member may be NULL.
 *
 * Without hash and equal, which come together, a key is the pointer itself, or an
 * integer: GO_MAP_KEY(n).  hash need not be good, and equal keys must hash equally.
 *
 * copy_key is called when an entry is made and returns what the map keeps as its key, or
 * NULL: out of memory.  free_key frees that.  A counted key takes a reference in one and
 * drops it in the other.  Without copy_key the map keeps the caller's pointer: what it
 * points to must then live until go_map_free if there is an equal that looks at it.
 *
 * With destroy_value the map owns its values: each call that stores one hands one over,
 * and the map destroys it once it is replaced, deleted or cleared and nobody who loaded
 * it under a pin can still use it.  That is some calls later; see go_map_collect.
 * Without, values are the caller's.
 *
 * All are called as plain C, outside the runtime, and may park.  hash, equal and copy_key
 * can run with a part of the map locked: for as long, calls that change that part wait,
 * loads do not.  free_key and destroy_value run with nothing locked, on any goroutine or
 * thread that uses the map, and may use it.
 *
 * One that panics, calls go_exit or throws a C++ exception ends the call that called it:
 * the map is as if that had not been made, or, if a value or key was being destroyed, had
 * been; nothing stays locked or pinned.  No longjmp may leave one. */
typedef struct go_map_kind {
    uint64_t (*hash)(const void *key);
    bool (*equal)(const void *a, const void *b);
    void *(*copy_key)(const void *key);
    void (*free_key)(void *key);
    void (*destroy_value)(void *value);
} go_map_kind;

/* go_map - ready to use when all its bytes are zero: keys are compared as pointers or
 * integers, values are the caller's.  Must not be copied or moved.  Fields are private. */
typedef struct go_map {
    const go_map_kind *kind_;
    struct go_map_core_ *core_;
    uint64_t phase_;
    uint64_t in_[2], out_[2];
} go_map;

/* kind must live as long as the map; NULL is a map of zero bytes. */
#ifdef __cplusplus
#define GO_MAP_INIT(kind)                                                                          \
    {                                                                                              \
        (kind), nullptr, 0, { 0, 0 },                                                              \
        {                                                                                          \
            0, 0                                                                                   \
        }                                                                                          \
    }
#else
#define GO_MAP_INIT(kind)                                                                          \
    {                                                                                              \
        (kind), NULL, 0, { 0, 0 },                                                                 \
        {                                                                                          \
            0, 0                                                                                   \
        }                                                                                          \
    }
#endif

/* An integer of up to 64 bits as a key, and back. */
#define GO_MAP_KEY(n)    ((const void *)(uintptr_t)(uint64_t)(n))
#define GO_MAP_NUMBER(k) ((uint64_t)(uintptr_t)(k))

/* Ready-made: C strings, copied into the map with malloc and free; and 64-bit integers
 * that keys point to, copied too (to pass the integer itself use GO_MAP_KEY). */
GO_API extern const go_map_kind go_map_strings;
GO_API extern const go_map_kind go_map_integers;

/* The same as the first members of a kind of your own:
 *     static const go_map_kind files = { GO_MAP_STRING_KEYS, .destroy_value = close_file };
 */
#define GO_MAP_STRING_KEYS                                                                         \
    go_map_hash_string, go_map_equal_string, go_map_copy_string, go_map_free_key
#define GO_MAP_INTEGER_KEYS                                                                        \
    go_map_hash_integer, go_map_equal_integer, go_map_copy_integer, go_map_free_key

/* Their parts.  The hashes differ from run to run, so that nobody outside can choose
 * keys that collide. */
GO_API uint64_t go_map_hash_string(const void *key);
GO_API bool go_map_equal_string(const void *a, const void *b);
GO_API void *go_map_copy_string(const void *key);
GO_API uint64_t go_map_hash_integer(const void *key);
GO_API bool go_map_equal_integer(const void *a, const void *b);
GO_API void *go_map_copy_integer(const void *key);
GO_API void go_map_free_key(void *key);
/* go_map_hash_bytes - the same hash of n bytes, for hash functions of your own. */
GO_API uint64_t go_map_hash_bytes(const void *bytes, size_t n);

/* How long a value that a call gave you stays valid.
 *
 * Where values are the caller's, the map has no part in it.  In a map with destroy_value
 * another goroutine may delete or replace the entry at once, and the map then destroys
 * the value.  So either look at it under a pin, or take a hold of your own on it:
 * go_map_load_with calls hold(value, arg) at a moment when it cannot be destroyed, say to
 * count a reference that destroy_value drops.
 *
 * go_map_pin - until go_map_unpin, nothing that the map gave to the caller since, and
 * none of its keys, is destroyed.  Takes no lock: others go on, and what they delete
 * waits in memory.  A goroutine may park while it holds a pin, and may hold several; each
 * is given back once, with the value that go_map_pin returned. */
GO_API unsigned go_map_pin(go_map *m) GO_MUST_CHECK;
GO_API void go_map_unpin(go_map *m, unsigned pin);

/* go_map_load - true, and *value, if key is in the map; else false, and *value NULL.
 * value may be NULL.  Like Go's  v, ok := m.Load(key). */
GO_API bool go_map_load(go_map *m, const void *key, void **value);

/* go_map_load_with - as go_map_load; if key is there, hold(value, arg) is called before
 * the value can be destroyed. */
GO_API bool go_map_load_with(go_map *m, const void *key, void (*hold)(void *value, void *arg),
                             void *arg, void **value);

/* go_map_store - set the value of key.  0, or -ENOMEM with nothing changed and value
 * still the caller's.  Like Go's  m.Store(key, value). */
GO_API int go_map_store(go_map *m, const void *key, void *value) GO_MUST_CHECK;

/* go_map_load_or_store - 1 if key was there: *actual is its value, and value is still the
 * caller's.  0 if it was not: value is stored, and *actual.  -ENOMEM: neither.
 * actual may be NULL.  Like Go's  actual, loaded := m.LoadOrStore(key, value). */
GO_API int go_map_load_or_store(go_map *m, const void *key, void *value,
                                void **actual) GO_MUST_CHECK;

/* go_map_swap - set the value of key.  1 if it replaced *old; 0 if key was not there,
 * *old NULL; -ENOMEM: nothing changed.  old may be NULL.
 * Like Go's  previous, loaded := m.Swap(key, value). */
GO_API int go_map_swap(go_map *m, const void *key, void *value, void **old) GO_MUST_CHECK;

/* go_map_compare_and_swap - if the value of key is old, make it value.  1 if so, 0 if
 * not; -ENOMEM, only with destroy_value.  Values are compared as pointers.
 * Like Go's  m.CompareAndSwap(key, old, new). */
GO_API int go_map_compare_and_swap(go_map *m, const void *key, void *old,
                                   void *value) GO_MUST_CHECK;

/* go_map_delete - true if key was there.  Needs no memory.  Like Go's  m.Delete(key). */
GO_API bool go_map_delete(go_map *m, const void *key);

/* go_map_load_and_delete - and the value it had, or NULL.  old may be NULL.
 * Like Go's  value, loaded := m.LoadAndDelete(key). */
GO_API bool go_map_load_and_delete(go_map *m, const void *key, void **old);

/* go_map_compare_and_delete - delete key if its value is old; true if so.
 * Like Go's  m.CompareAndDelete(key, old). */
GO_API bool go_map_compare_and_delete(go_map *m, const void *key, void *old);

/* go_map_range - f(key, value, arg) for the entries, in no order, until it returns false.
 *
 * No snapshot: each key comes at most once, one that is there all the time comes, and
 * with a value that it had at some time during the call.  The map is pinned meanwhile,
 * and nothing is locked: f may use the map, also to delete what it is shown, and may
 * park; a panic, go_exit or exception of f unpins.  Like Go's  m.Range(f). */
GO_API void go_map_range(go_map *m, bool (*f)(const void *key, void *value, void *arg), void *arg);

/* go_map_len - how many entries; while others change the map, about how many. */
GO_API size_t go_map_len(const go_map *m);

/* go_map_clear - delete all entries, part after part: what others store meanwhile may
 * stay.  Like Go's  m.Clear(). */
GO_API void go_map_clear(go_map *m);

/* go_map_collect - destroy now what was deleted or replaced and is held by no pin.
 * True if nothing is left to destroy; false also while another does the same.  The map
 * does so itself from time to time, when it is changed, and at the latest in go_map_free.
 * Takes some microseconds. */
GO_API bool go_map_collect(go_map *m);

/* go_map_free - destroy all keys and values and free the map's memory.  Nobody else may
 * use the map any more, but for callbacks, which run meanwhile.  It is empty then, and
 * ready to use again.  Panics if somebody has a pin:  go_map_free: the map is pinned */
GO_API void go_map_free(go_map *m);

GO_END_DECLS

/* go_with_map(&m) { ... } - pin the map for the block; every way out of it unpins: the
 * end, break, return, goto, a panic, go_exit. */
struct go_map_pinned_ {
    struct go_defer_ defer;
    go_map *map;
    unsigned pin;
};
static inline void go_with_map_unpin_(void *arg)
{
    struct go_map_pinned_ *p = (struct go_map_pinned_ *)arg;
    go_map_unpin(p->map, p->pin);
}
static inline void go_with_map_end_(struct go_map_pinned_ *p)
{
    if (go_defer_pop_(&p->defer))
        go_map_unpin(p->map, p->pin);
}
static inline struct go_map_pinned_ *go_with_map_begin_(struct go_map_pinned_ *p, go_map *m)
{
    p->map = m;
    p->pin = go_map_pin(m);
    go_defer_push_(&p->defer, go_with_map_unpin_, p);
    return p;
}
#define go_with_map(m)                                                                             \
    for (struct go_map_pinned_ GO_CAT_(go_pinned_, __LINE__)                                       \
             __attribute__((cleanup(go_with_map_end_))) = { { 0, 0, 0, 0 }, 0, 0 },                \
             *GO_CAT_(go_once_, __LINE__) = go_with_map_begin_(&GO_CAT_(go_pinned_, __LINE__), m); \
         GO_CAT_(go_once_, __LINE__); GO_CAT_(go_once_, __LINE__) = NULL)

#endif
