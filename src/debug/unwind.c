/* SPDX-License-Identifier: MIT */
/* The part of debug that knows the CPU and the unwinder's needs. */
#include "debug/unwind.h"

#include <stddef.h>
#include <ucontext.h>

_Static_assert(offsetof(struct context, sp) == 0 && offsetof(struct context, pc) == 8 &&
                   offsetof(struct context, bp) == 16,
               "the offsets are written into the unwind rules below");

/* A callee-saved register holds the context's address while the unwinder runs.
 * Relative to it, in the order of the escapes:
 *   DW_CFA_def_cfa_expression  CFA (the caller's sp) = *(reg + 0)
 *   DW_CFA_expression          return address saved at reg + 8
 *   DW_CFA_expression          frame pointer saved at reg + 16
 * signal_frame: the saved pc is an instruction to go on at, not the one after a
 * call, so the unwinder must look it up as it is. */
#if defined(__x86_64__)
__asm__(".text\n"
        ".globl unwind_from_\n"
        ".hidden unwind_from_\n"
        ".type unwind_from_, @function\n"
        "unwind_from_:\n"
        "    .cfi_startproc\n"
        "    .cfi_signal_frame\n"
        "    endbr64\n"
        "    pushq %rbx\n"
        "    .cfi_adjust_cfa_offset 8\n"
        "    .cfi_rel_offset %rbx, 0\n"
        "    movq %rdi, %rbx\n"
        "    movq %rsi, %rdi\n"
        "    movq %rdx, %rsi\n"
        "    .cfi_remember_state\n"
        "    .cfi_escape 0x0f, 3, 0x73, 0, 0x06\n"
        "    .cfi_escape 0x10, 16, 2, 0x73, 8\n"
        "    .cfi_escape 0x10, 6, 2, 0x73, 16\n"
        "    .cfi_undefined %rbx\n"
        "    call _Unwind_Backtrace@PLT\n"
        "    .cfi_restore_state\n"
        "    popq %rbx\n"
        "    .cfi_adjust_cfa_offset -8\n"
        "    .cfi_restore %rbx\n"
        "    ret\n"
        "    .cfi_endproc\n"
        ".size unwind_from_, . - unwind_from_\n");

uintptr_t signal_pc(const void *ucontext)
{
    return (uintptr_t)((const ucontext_t *)ucontext)->uc_mcontext.gregs[REG_RIP];
}

uintptr_t signal_sp(const void *ucontext)
{
    return (uintptr_t)((const ucontext_t *)ucontext)->uc_mcontext.gregs[REG_RSP];
}
#elif defined(__aarch64__)
__asm__(".text\n"
        ".globl unwind_from_\n"
        ".hidden unwind_from_\n"
        ".type unwind_from_, %function\n"
        "unwind_from_:\n"
        "    .cfi_startproc\n"
        "    .cfi_signal_frame\n"
        "    hint #34\n" /* bti c */
        "    stp x29, x30, [sp, #-32]!\n"
        "    .cfi_def_cfa_offset 32\n"
        "    .cfi_offset x29, -32\n"
        "    .cfi_offset x30, -24\n"
        "    str x19, [sp, #16]\n"
        "    .cfi_offset x19, -16\n"
        "    mov x19, x0\n"
        "    mov x0, x1\n"
        "    mov x1, x2\n"
        "    .cfi_remember_state\n"
        "    .cfi_escape 0x0f, 3, 0x83, 0, 0x06\n"
        "    .cfi_escape 0x10, 30, 2, 0x83, 8\n"
        "    .cfi_escape 0x10, 29, 2, 0x83, 16\n"
        "    .cfi_undefined x19\n"
        "    bl _Unwind_Backtrace\n"
        "    .cfi_restore_state\n"
        "    ldr x19, [sp, #16]\n"
        "    .cfi_restore x19\n"
        "    ldp x29, x30, [sp], #32\n"
        "    .cfi_restore x29\n"
        "    .cfi_restore x30\n"
        "    .cfi_def_cfa_offset 0\n"
        "    ret\n"
        "    .cfi_endproc\n"
        ".size unwind_from_, . - unwind_from_\n");

uintptr_t signal_pc(const void *ucontext)
{
    return (uintptr_t)((const ucontext_t *)ucontext)->uc_mcontext.pc;
}

uintptr_t signal_sp(const void *ucontext)
{
    return (uintptr_t)((const ucontext_t *)ucontext)->uc_mcontext.sp;
}
#endif

/* Of libgcc, and of LLVM's libunwind; in no header of theirs. */
struct dwarf_eh_bases {
    void *tbase, *dbase, *func;
};
const void *_Unwind_Find_FDE(void *pc, struct dwarf_eh_bases *bases);

bool unwind_possible(void)
{
    struct dwarf_eh_bases bases;
    return _Unwind_Find_FDE((char *)(uintptr_t)unwind_from_ + 1, &bases) != NULL;
}

/* A libgcc that was built for glibc 2.35 or later finds unwind tables through
 * this function of glibc alone; musl-gcc on a glibc system links that libgcc.
 * Weak: a C library that has it wins. */
#if !defined(__GLIBC__)
#include <link.h>

struct found {
    unsigned long long flags;
    void *map_start, *map_end;
    struct link_map *link_map;
    void *eh_frame; /* start of PT_GNU_EH_FRAME */
    unsigned long long reserved[7];
};

struct search {
    uintptr_t pc;
    struct found *result;
};

static int search_object(struct dl_phdr_info *info, size_t size, void *arg)
{
    (void)size;
    struct search *s = arg;
    const ElfW(Phdr) *hdr = NULL, *map = NULL;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        uintptr_t lo = info->dlpi_addr + p->p_vaddr;
        if (p->p_type == PT_LOAD && s->pc >= lo && s->pc - lo < p->p_memsz)
            map = p;
        else if (p->p_type == PT_GNU_EH_FRAME)
            hdr = p;
    }
    if (!map || !hdr)
        return 0;
    s->result->map_start = (void *)(info->dlpi_addr + map->p_vaddr);
    s->result->map_end = (char *)s->result->map_start + map->p_memsz;
    s->result->eh_frame = (void *)(info->dlpi_addr + hdr->p_vaddr);
    return 1;
}

int _dl_find_object(void *pc, struct found *result);
__attribute__((weak, visibility("default"))) int _dl_find_object(void *pc, struct found *result)
{
    *result = (struct found){ 0 };
    struct search s = { (uintptr_t)pc, result };
    return dl_iterate_phdr(search_object, &s) ? 0 : -1;
}
#endif
