/* SPDX-License-Identifier: MIT */
/* Finding the goroutines that have been parked for long, and packing their stacks
 * (stack/pack.h). */
#ifndef SCHED_PACKER_H
#define SCHED_PACKER_H

/* packer_start - if GO_DEBUG=pack=MS asks for it, and it can be had; else options.pack
 * is 0 from then on.  Once, when the runtime has started. */
void packer_start(void);

/* packer_poke - goroutines have run since.  Cheap. */
void packer_poke(void);

#endif
