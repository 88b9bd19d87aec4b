/* SPDX-License-Identifier: MIT */
/* Stacks: slots of one size in large mappings, a guard under each.
 *
 *      slot                                             next slot
 *      | guard |  usable: pages come as it grows down  |c| guard | ...
 *      lo                                              hi
 *
 * A mapping (arena) holds slots of one class.  Class 0 is the default size; the
 * others are for goroutines that asked for more.  A slot is a whole number of
 * pages and, in class 0, an odd one: tops a power of two apart would fall into
 * the same few sets of the TLB.  The first bytes below the top are left free by
 * a colour that differs from slot to slot, for the same reason in the cache.
 *
 * States of a slot (class lock):
 *   FRESH  never used, no guard yet      at the end of an arena
 *   IN USE                               owned by whoever got it
 *   WARM   pages resident                in the class's warm list
 *   COLD   pages given back, guard stays in the class's cold list
 * A trim moves to COLD what lay in WARM unused for a whole round.
 *
 * Guards are installed on FRESH slots in batches, before the first is given out.
 */
#ifndef STACK_STACK_H
#define STACK_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STACK_CLASSES = 24, STACK_BATCH = 64, STACK_ARENAS = 1 << 15 };

struct stack {
    char *lo, *hi; /* usable bytes; hi is 64-byte aligned */
    uint16_t class;
    bool warm; /* was used before and its top page is resident */
};

/* stack_init - sets the default size; size 0: 204 KiB. */
void stack_init(size_t size);

/* stack_class - the class whose stacks have at least size usable bytes; 0 bytes
 * is the default.  -1 if there is none that large. */
int stack_class(size_t size);

/* stack_alloc - up to n stacks of a class; returns how many.  0: the kernel has
 * no more memory. */
int stack_alloc(int class, struct stack *out, int n);

/* stack_free - back to the warm list.  The caller's use of it is over. */
void stack_free(const struct stack *s, int n);

/* stack_trim - give back the pages of what has not been used since the last
 * call.  Returns how many stacks that were. */
int stack_trim(void);

/* A place of a stack, for who goes through them (pack.h): a number of its arena and of
 * the slot in it, the usable bytes with the colour. */
struct stack_slot {
    uint32_t arena, index;
    char *lo, *end;
};

/* stack_slot_at - a slot by its numbers, used or not. */
struct stack_slot stack_slot_at(uint32_t arena, uint32_t index);

/* stack_slot_next - the next slot of class 0 that was ever used, or with *s all 0 the
 * first; false: there is none. */
bool stack_slot_next(struct stack_slot *s);

/* stack_slot_of - the slot of class 0 in whose usable bytes addr lies; false: none. */
bool stack_slot_of(const void *addr, struct stack_slot *s);

/* stack_slot_top - what stack_alloc gave as hi. */
char *stack_slot_top(const struct stack_slot *s);

/* stack_arena_slots - how many slots an arena has. */
uint32_t stack_arena_slots(uint32_t arena);

/* stack_each_top - visit the top (hi) of every slot that was ever used, with
 * its class. */
void stack_each_top(void (*visit)(char *lo, char *hi, void *arg), void *arg);

/* stack_each_arena - visit every mapping of slots, whole. */
void stack_each_arena(void (*visit)(char *lo, char *hi, void *arg), void *arg);

/* stack_guard_top - if addr lies in the guard of a slot, or in an unguarded
 * slot's place for it: the top of that slot, else NULL.  Async-signal-safe. */
char *stack_guard_top(const void *addr);

/* stack_verify - invariants of the lists; ends the program when broken. */
void stack_verify(void);

#endif
