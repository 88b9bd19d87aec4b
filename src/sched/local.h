/* SPDX-License-Identifier: MIT */
#ifndef SCHED_LOCAL_H
#define SCHED_LOCAL_H

struct g;

/* locals_destroy - run the destructors of g's values and forget them.  Called
 * on g itself, outside the runtime. */
void locals_destroy(struct g *g);

#endif
