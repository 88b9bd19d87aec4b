/* SPDX-License-Identifier: MIT */
/* The outermost frame of a goroutine.  Nothing called it, and the unwind
 * information says so: debuggers and unwinders stop here. */
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
    bl goroutine_main
    brk #0
    .cfi_endproc
#endif
    .size go_start_, . - go_start_
    .section .note.GNU-stack, "", %progbits
