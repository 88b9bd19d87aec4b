/* SPDX-License-Identifier: MIT */
/* Goroutines that can never run again, although the program goes on.
 *
 * A goroutine that is parked on a channel, a lock, ... without a bound is woken by
 * somebody who uses that object.  Nobody can who cannot get at it.  So, with every
 * thread stopped:
 *
 *   1. The candidates are the goroutines so parked; all others run again by themselves.
 *   2. Whatever others can read is searched for pointers: registers, their stacks from
 *      sp up, thread-local and static variables, memory from mmap; and from there on
 *      blocks of the heap that a pointer leads to.
 *   3. A candidate that waits for an object which lies in something that was reached is
 *      one of the others: its stack is searched too.  Until nothing is added.
 *   4. The remaining candidates wait for what only they know.  They are leaked.
 *
 * It errs on one side.  A word that happens to look like a pointer, or was left behind
 * in a frame that is still live, hides a leak; but nobody is called leaked who could
 * still be woken, as long as pointers are stored as pointers (aligned, not packed or
 * encoded, not in the kernel alone).
 *
 * What is a place, in which a pointer found means that all of it can be reached:
 *
 *   block of a heap that is understood (heapwalk.h)    all of it: who has the struct has
 *                                                      the mutex in it
 *   channel in other memory                            the channel alone: nobody has
 *                                                      another pointer to it
 *   stack of a candidate, [sp, its record)             all of it; not the goroutine:
 *                                                      that others see its variables
 *                                                      does not wake it
 *   anything else                                      reached from the beginning
 *
 * What does not count, for it only lists who waits: waiter queues (they point to waiter
 * records), the runtime's records of goroutines, free places in its arrays, dead stack.
 */
#ifndef DEBUG_LEAKS_H
#define DEBUG_LEAKS_H

/* leaks_init - GO_DEBUG=leaks=1. */
void leaks_init(void);

#endif
