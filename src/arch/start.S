/* SPDX-License-Identifier: MIT */
/* The outermost frame of a goroutine.  Nothing called it, and the unwind
 * information says so: debuggers and unwinders stop here.
 *
 * The registers that a callee keeps are whatever the goroutine that ran before had in
 * them; its first calls would save them in their frames, where they look as if this
 * goroutine knew them (debug/leaks.h). */
    .text
    .globl go_start_
    .hidden go_start_
    .type go_start_, %function
#if defined(__x86_64__)
go_start_:
    .cfi_startproc
    .cfi_undefined rip
    endbr64
    xorl %ebp, %ebp
    xorl %ebx, %ebx
    xorl %r12d, %r12d
    xorl %r13d, %r13d
    xorl %r14d, %r14d
    xorl %r15d, %r15d
    call goroutine_main
    ud2
    .cfi_endproc
#elif defined(__aarch64__)
go_start_:
    .cfi_startproc
    .cfi_undefined x30
    hint #36
    mov x29, xzr
    mov x30, xzr
    mov x19, xzr
    mov x20, xzr
    mov x21, xzr
    mov x22, xzr
    mov x23, xzr
    mov x24, xzr
    mov x25, xzr
    mov x26, xzr
    mov x27, xzr
    mov x28, xzr
    bl goroutine_main
    brk #0
    .cfi_endproc
#endif
    .size go_start_, . - go_start_
    .section .note.GNU-stack, "", %progbits
