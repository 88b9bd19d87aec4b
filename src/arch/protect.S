/* SPDX-License-Identifier: MIT */
/* protect.h: what a function must preserve is kept in one frame, whose address is
 * enough to come back to it. */
    .text
    .globl protected_call
    .hidden protected_call
    .type protected_call, %function
    .globl protected_leave
    .hidden protected_leave
    .type protected_leave, %function

#if defined(__x86_64__)

protected_call: /* rdi: sp, rsi: entry, rdx: args */
    .cfi_startproc
    endbr64
    pushq %rbp
    .cfi_def_cfa_offset 16
    .cfi_offset rbp, -16
    movq %rsp, %rbp
    pushq %rbx
    .cfi_offset rbx, -24
    pushq %r12
    .cfi_offset r12, -32
    pushq %r13
    .cfi_offset r13, -40
    pushq %r14
    .cfi_offset r14, -48
    pushq %r15
    .cfi_offset r15, -56
    subq $8, %rsp
    .cfi_def_cfa_offset 64
    stmxcsr (%rsp)
    fnstcw 4(%rsp)
    movq %rsp, (%rdi)
    movq %rdx, %rdi
    call *%rsi
    xorl %eax, %eax
.Lreturn:
    addq $8, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    .cfi_def_cfa_offset 8
    ret
    .cfi_endproc
    .size protected_call, . - protected_call

protected_leave: /* rdi: sp */
    .cfi_startproc
    endbr64
    movq %rdi, %rsp
    .cfi_def_cfa_offset 64
    .cfi_offset rbp, -16
    .cfi_offset rbx, -24
    .cfi_offset r12, -32
    .cfi_offset r13, -40
    .cfi_offset r14, -48
    .cfi_offset r15, -56
    ldmxcsr (%rsp)
    fldcw 4(%rsp)
    movl $1, %eax
    jmp .Lreturn
    .cfi_endproc
    .size protected_leave, . - protected_leave

#elif defined(__aarch64__)

protected_call: /* x0: sp, x1: entry, x2: args */
    .cfi_startproc
    hint #34
    stp x29, x30, [sp, #-176]!
    .cfi_def_cfa_offset 176
    .cfi_offset x29, -176
    .cfi_offset x30, -168
    mov x29, sp
    stp x19, x20, [sp, #16]
    .cfi_offset x19, -160
    .cfi_offset x20, -152
    stp x21, x22, [sp, #32]
    .cfi_offset x21, -144
    .cfi_offset x22, -136
    stp x23, x24, [sp, #48]
    .cfi_offset x23, -128
    .cfi_offset x24, -120
    stp x25, x26, [sp, #64]
    .cfi_offset x25, -112
    .cfi_offset x26, -104
    stp x27, x28, [sp, #80]
    .cfi_offset x27, -96
    .cfi_offset x28, -88
    stp d8, d9, [sp, #96]
    .cfi_offset 72, -80
    .cfi_offset 73, -72
    stp d10, d11, [sp, #112]
    .cfi_offset 74, -64
    .cfi_offset 75, -56
    stp d12, d13, [sp, #128]
    .cfi_offset 76, -48
    .cfi_offset 77, -40
    stp d14, d15, [sp, #144]
    .cfi_offset 78, -32
    .cfi_offset 79, -24
    mrs x9, fpcr
    str x9, [sp, #160]
    mov x9, sp
    str x9, [x0]
    mov x0, x2
    blr x1
    mov w0, #0
.Lreturn:
    ldp d14, d15, [sp, #144]
    ldp d12, d13, [sp, #128]
    ldp d10, d11, [sp, #112]
    ldp d8, d9, [sp, #96]
    ldp x27, x28, [sp, #80]
    ldp x25, x26, [sp, #64]
    ldp x23, x24, [sp, #48]
    ldp x21, x22, [sp, #32]
    ldp x19, x20, [sp, #16]
    ldp x29, x30, [sp], #176
    .cfi_def_cfa_offset 0
    ret
    .cfi_endproc
    .size protected_call, . - protected_call

protected_leave: /* x0: sp */
    .cfi_startproc
    hint #34
    mov sp, x0
    .cfi_def_cfa_offset 176
    .cfi_offset x29, -176
    .cfi_offset x30, -168
    ldr x9, [sp, #160]
    msr fpcr, x9
    mov w0, #1
    b .Lreturn
    .cfi_endproc
    .size protected_leave, . - protected_leave

#endif
    .section .note.GNU-stack, "", %progbits
