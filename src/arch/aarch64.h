/* SPDX-License-Identifier: MIT */
#ifndef ARCH_AARCH64_H
#define ARCH_AARCH64_H

#define ARCH_TLS_LOAD(sym)                                                                         \
    __extension__({                                                                                \
        __typeof__(sym) v_;                                                                        \
        void *t_;                                                                                  \
        __asm__ volatile("mrs %1, tpidr_el0\n\t"                                                   \
                         "adrp %0, :gottprel:" #sym "\n\t"                                         \
                         "ldr %0, [%0, :gottprel_lo12:" #sym "]\n\t"                               \
                         "ldr %0, [%1, %0]"                                                        \
                         : "=&r"(v_), "=&r"(t_));                                                  \
        v_;                                                                                        \
    })

/* The creator's FP environment is the new goroutine's. */
static inline void context_env(struct context *c)
{
    uint64_t fpcr;
    __asm__ volatile("mrs %0, fpcr" : "=r"(fpcr));
    c->fp_env[0] = (uint32_t)fpcr;
    c->fp_env[1] = 0;
}

static inline __attribute__((always_inline)) void context_switch(struct context *from_,
                                                                 struct context *to_)
{
    register struct context *from __asm__("x0") = from_;
    register struct context *to __asm__("x1") = to_;
    __asm__ volatile("mrs x2, fpcr\n\t"
                     "str w2, [x0, #24]\n\t"
                     "adr x3, 1f\n\t"
                     "mov x4, sp\n\t"
                     "stp x4, x3, [x0]\n\t"
                     "str x29, [x0, #16]\n\t"
                     "ldr w3, [x1, #24]\n\t"
                     "cmp w2, w3\n\t"
                     "b.eq 2f\n\t"
                     "msr fpcr, x3\n"
                     "2:\tldp x4, x3, [x1]\n\t"
                     "ldr x29, [x1, #16]\n\t"
                     "mov sp, x4\n\t"
                     "br x3\n"
                     "1:\thint #36" /* bti j */
                     : "+r"(from), "+r"(to)
                     :
                     : "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13",
                       "x14", "x15", "x16", "x17", "x18", "x19", "x20", "x21", "x22", "x23", "x24",
                       "x25", "x26", "x27", "x28", "x30", "v0", "v1", "v2", "v3", "v4", "v5", "v6",
                       "v7", "v8", "v9", "v10", "v11", "v12", "v13", "v14", "v15", "v16", "v17",
                       "v18", "v19", "v20", "v21", "v22", "v23", "v24", "v25", "v26", "v27", "v28",
                       "v29", "v30", "v31", "memory", "cc");
}

#endif
