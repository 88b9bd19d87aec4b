/* SPDX-License-Identifier: MIT */
/* The parts of callregs.c that name registers. */
    .text

    .globl go_call_store_
    .type go_call_store_, %function
    .globl go_call_stub_
    .hidden go_call_stub_
    .type go_call_stub_, %function
    .globl go_call_make_
    .hidden go_call_make_
    .type go_call_make_, %function
    .hidden go_call_armed_
    .hidden go_call_filled_

#if defined(__x86_64__)

/* gp: rdi rsi rdx rcx r8 r9, rax (of a variadic call), r10 (static chain). */

go_call_store_:
    .cfi_startproc
    endbr64
    subq $184, %rsp
    .cfi_adjust_cfa_offset 184
    movq %rbx, 0(%rsp)
    movq %rbp, 8(%rsp)
    movq %r12, 16(%rsp)
    movq %r13, 24(%rsp)
    movq %r14, 32(%rsp)
    movq %r15, 40(%rsp)
    leaq 192(%rsp), %rax
    movq %rax, 48(%rsp)
    movq 184(%rsp), %rax
    movq %rax, 56(%rsp)
    movq %rsp, %rsi
    call go_call_armed_
    addq $184, %rsp
    .cfi_adjust_cfa_offset -184
    ret
    .cfi_endproc

go_call_stub_:
    .cfi_startproc
    endbr64
    pushq %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_offset %rbp, -16
    movq %rsp, %rbp
    .cfi_def_cfa_register %rbp
    subq $208, %rsp
    movq %rdi, 0(%rsp)
    movq %rsi, 8(%rsp)
    movq %rdx, 16(%rsp)
    movq %rcx, 24(%rsp)
    movq %r8, 32(%rsp)
    movq %r9, 40(%rsp)
    movq %rax, 48(%rsp)
    movq %r10, 56(%rsp)
    movups %xmm0, 80(%rsp)
    movups %xmm1, 96(%rsp)
    movups %xmm2, 112(%rsp)
    movups %xmm3, 128(%rsp)
    movups %xmm4, 144(%rsp)
    movups %xmm5, 160(%rsp)
    movups %xmm6, 176(%rsp)
    movups %xmm7, 192(%rsp)
    movq %rsp, %rdi
    leaq 80(%rsp), %rsi
    leaq 16(%rbp), %rdx
    call go_call_filled_
    movq %rax, %rcx
    movq 0(%rcx), %rbx
    movq 8(%rcx), %rbp
    movq 16(%rcx), %r12
    movq 24(%rcx), %r13
    movq 32(%rcx), %r14
    movq 40(%rcx), %r15
    movq 48(%rcx), %rsp
    xorl %eax, %eax
    jmp *56(%rcx)
    .cfi_endproc

go_call_make_:
    .cfi_startproc
    endbr64
    pushq %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_offset %rbp, -16
    movq %rsp, %rbp
    .cfi_def_cfa_register %rbp
    movq %rdi, %r11
    movl 8(%r11), %ecx
    subq %rcx, %rsp
    leaq 224(%r11), %rsi
    movq %rsp, %rdi
    shrl $3, %ecx
    rep movsq
    movups 96(%r11), %xmm0
    movups 112(%r11), %xmm1
    movups 128(%r11), %xmm2
    movups 144(%r11), %xmm3
    movups 160(%r11), %xmm4
    movups 176(%r11), %xmm5
    movups 192(%r11), %xmm6
    movups 208(%r11), %xmm7
    movq 16(%r11), %rdi
    movq 24(%r11), %rsi
    movq 32(%r11), %rdx
    movq 40(%r11), %rcx
    movq 48(%r11), %r8
    movq 56(%r11), %r9
    movq 64(%r11), %rax
    movq 72(%r11), %r10
    call *(%r11)
    emms /* a long double that f returned is still on the x87 stack */
    leave
    .cfi_def_cfa %rsp, 8
    ret
    .cfi_endproc

#elif defined(__aarch64__)

/* gp: x0 to x7, x8 (address of a result in memory), x18 (static chain). */

go_call_store_:
    .cfi_startproc
    hint #34
    sub sp, sp, #192
    .cfi_adjust_cfa_offset 192
    str x30, [sp, #176]
    .cfi_offset x30, -16
    stp x19, x20, [sp, #0]
    stp x21, x22, [sp, #16]
    stp x23, x24, [sp, #32]
    stp x25, x26, [sp, #48]
    stp x27, x28, [sp, #64]
    stp x29, x30, [sp, #80]
    add x2, sp, #192
    stp x2, xzr, [sp, #96]
    stp d8, d9, [sp, #112]
    stp d10, d11, [sp, #128]
    stp d12, d13, [sp, #144]
    stp d14, d15, [sp, #160]
    mov x1, sp
    bl go_call_armed_
    ldr x30, [sp, #176]
    .cfi_restore x30
    add sp, sp, #192
    .cfi_adjust_cfa_offset -192
    ret
    .cfi_endproc

go_call_stub_:
    .cfi_startproc
    hint #34
    stp x29, x30, [sp, #-224]!
    .cfi_adjust_cfa_offset 224
    .cfi_offset x29, -224
    .cfi_offset x30, -216
    mov x29, sp
    stp x0, x1, [sp, #16]
    stp x2, x3, [sp, #32]
    stp x4, x5, [sp, #48]
    stp x6, x7, [sp, #64]
    stp x8, x18, [sp, #80]
    stp q0, q1, [sp, #96]
    stp q2, q3, [sp, #128]
    stp q4, q5, [sp, #160]
    stp q6, q7, [sp, #192]
    add x0, sp, #16
    add x1, sp, #96
    add x2, sp, #224
    bl go_call_filled_
    ldp x19, x20, [x0, #0]
    ldp x21, x22, [x0, #16]
    ldp x23, x24, [x0, #32]
    ldp x25, x26, [x0, #48]
    ldp x27, x28, [x0, #64]
    ldp x29, x30, [x0, #80]
    ldr x2, [x0, #96]
    ldp d8, d9, [x0, #112]
    ldp d10, d11, [x0, #128]
    ldp d12, d13, [x0, #144]
    ldp d14, d15, [x0, #160]
    mov sp, x2
    mov x0, xzr
    ret
    .cfi_endproc

go_call_make_:
    .cfi_startproc
    hint #34
    stp x29, x30, [sp, #-16]!
    .cfi_adjust_cfa_offset 16
    .cfi_offset x29, -16
    .cfi_offset x30, -8
    mov x29, sp
    .cfi_def_cfa_register x29
    mov x16, x0
    ldr w1, [x16, #8]
    sub sp, sp, x1
    add x2, x16, #224
    mov x3, sp
1:
    cbz w1, 2f
    ldp x4, x5, [x2], #16
    stp x4, x5, [x3], #16
    sub w1, w1, #16
    b 1b
2:
    ldp q0, q1, [x16, #96]
    ldp q2, q3, [x16, #128]
    ldp q4, q5, [x16, #160]
    ldp q6, q7, [x16, #192]
    ldr x17, [x16]
    ldp x0, x1, [x16, #16]
    ldp x2, x3, [x16, #32]
    ldp x4, x5, [x16, #48]
    ldp x6, x7, [x16, #64]
    ldp x8, x18, [x16, #80]
    blr x17
    mov sp, x29
    ldp x29, x30, [sp], #16
    .cfi_def_cfa sp, 0
    .cfi_restore x29
    .cfi_restore x30
    ret
    .cfi_endproc

#endif

    .size go_call_make_, . - go_call_make_
    .section .note.GNU-stack, "", %progbits
