/* SPDX-License-Identifier: MIT */
#ifndef ARCH_X86_64_H
#define ARCH_X86_64_H

#define ARCH_TLS_LOAD(sym)                                                                         \
    __extension__({                                                                                \
        __typeof__(sym) v_;                                                                        \
        __asm__ volatile("movq " #sym "@gottpoff(%%rip), %0\n\tmovq %%fs:(%0), %0" : "=r"(v_));    \
        v_;                                                                                        \
    })

/* The creator's FP environment is the new goroutine's. */
static inline void context_env(struct context *c)
{
    __asm__ volatile("stmxcsr %0\n\tfnstcw %1" : "=m"(c->fp_env[0]), "=m"(c->fp_env[1]));
}

static inline __attribute__((always_inline)) void context_switch(struct context *from,
                                                                 struct context *to)
{
    __asm__ volatile("stmxcsr 24(%[from])\n\t"
                     "fnstcw 28(%[from])\n\t"
                     "leaq 1f(%%rip), %%rax\n\t"
                     "movq %%rsp, (%[from])\n\t"
                     "movq %%rax, 8(%[from])\n\t"
                     "movq %%rbp, 16(%[from])\n\t"
                     "movl 24(%[to]), %%ecx\n\t"
                     "movzwl 28(%[to]), %%edx\n\t"
                     "cmpl %%ecx, 24(%[from])\n\t"
                     "jne 2f\n\t"
                     "cmpw %%dx, 28(%[from])\n\t"
                     "jne 2f\n"
                     "3:\tmovq (%[to]), %%rsp\n\t"
                     "movq 16(%[to]), %%rbp\n\t"
                     "jmpq *8(%[to])\n"
                     "2:\tldmxcsr 24(%[to])\n\t"
                     "fldcw 28(%[to])\n\t"
                     "jmp 3b\n"
                     "1:\tendbr64"
                     : [from] "+D"(from), [to] "+S"(to)
                     :
                     : "rax", "rbx", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
                       "r15", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
                       "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15",
                       "memory", "cc");
}

#endif
