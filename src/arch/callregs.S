/* SPDX-License-Identifier: MIT */
/* The parts of callregs.c that name registers.
 *
 * struct go_call_: fn 0, stack_size 8, gp 16, fp 96, the stack arguments 224.  Until
 * the stub stores the arguments, the room for them keeps the way back. */
    .text

    .globl go_call_store_
    .type go_call_store_, %function
    .globl go_call_make_
    .hidden go_call_make_
    .type go_call_make_, %function
    .type go_call_stub_, %function
    .hidden go_call_pending_

#if defined(__x86_64__)

/* gp: rdi rsi rdx rcx r8 r9, rax (of a variadic call), r10 (static chain). */

go_call_store_:
    .cfi_startproc
    endbr64
    movq go_call_pending_@gottpoff(%rip), %rax
    movq %rdi, %fs:(%rax)
    movq (%rsp), %rax
    movq %rax, 96(%rdi)
    leaq 8(%rsp), %rax
    movq %rax, 104(%rdi)
    movq %rbx, 112(%rdi)
    movq %rbp, 120(%rdi)
    movq %r12, 128(%rdi)
    movq %r13, 136(%rdi)
    movq %r14, 144(%rdi)
    movq %r15, 152(%rdi)
    leaq go_call_stub_(%rip), %rax
    ret
    .cfi_endproc
    .size go_call_store_, . - go_call_store_

go_call_stub_:
    .cfi_startproc
    endbr64
    movq go_call_pending_@gottpoff(%rip), %r11
    movq %fs:(%r11), %r11
    movq %rdi, 16(%r11)
    movq %rsi, 24(%r11)
    movq %rdx, 32(%r11)
    movq %rcx, 40(%r11)
    movq %r8, 48(%r11)
    movq %r9, 56(%r11)
    movq %rax, 64(%r11)
    movq %r10, 72(%r11)
    movl 8(%r11), %ecx
    leaq 8(%rsp), %rsi
    jrcxz 2f
1:
    movq -8(%rsi, %rcx), %rax
    movq %rax, 216(%r11, %rcx)
    subl $8, %ecx
    jnz 1b
2:
    movq 96(%r11), %rcx
    movq 112(%r11), %rbx
    movq 120(%r11), %rbp
    movq 128(%r11), %r12
    movq 136(%r11), %r13
    movq 144(%r11), %r14
    movq 152(%r11), %r15
    .cfi_def_cfa %rsi, 0
    .cfi_register %rip, %rcx
    movq 104(%r11), %rsp
    movups %xmm0, 96(%r11)
    movups %xmm1, 112(%r11)
    movups %xmm2, 128(%r11)
    movups %xmm3, 144(%r11)
    movups %xmm4, 160(%r11)
    movups %xmm5, 176(%r11)
    movups %xmm6, 192(%r11)
    movups %xmm7, 208(%r11)
    xorl %eax, %eax
    jmp *%rcx
    .cfi_endproc
    .size go_call_stub_, . - go_call_stub_

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
    jrcxz 2f
1:
    movq 216(%r11, %rcx), %rax
    movq %rax, -8(%rsp, %rcx)
    subl $8, %ecx
    jnz 1b
2:
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
    mrs x9, tpidr_el0
    adrp x10, :gottprel:go_call_pending_
    ldr x10, [x10, :gottprel_lo12:go_call_pending_]
    str x0, [x9, x10]
    stp x19, x20, [x0, #16]
    stp x21, x22, [x0, #32]
    stp x23, x24, [x0, #48]
    stp x25, x26, [x0, #64]
    stp x27, x28, [x0, #80]
    stp x29, x30, [x0, #96]
    stp d8, d9, [x0, #112]
    stp d10, d11, [x0, #128]
    stp d12, d13, [x0, #144]
    stp d14, d15, [x0, #160]
    mov x9, sp
    str x9, [x0, #176]
    adr x0, go_call_stub_
    ret
    .cfi_endproc
    .size go_call_store_, . - go_call_store_

go_call_stub_:
    .cfi_startproc
    hint #34
    mrs x9, tpidr_el0
    adrp x10, :gottprel:go_call_pending_
    ldr x10, [x10, :gottprel_lo12:go_call_pending_]
    ldr x9, [x9, x10]
    ldp x19, x20, [x9, #16]
    ldp x21, x22, [x9, #32]
    ldp x23, x24, [x9, #48]
    ldp x25, x26, [x9, #64]
    ldp x27, x28, [x9, #80]
    ldp x29, x30, [x9, #96]
    ldp d8, d9, [x9, #112]
    ldp d10, d11, [x9, #128]
    ldp d12, d13, [x9, #144]
    ldp d14, d15, [x9, #160]
    ldr x10, [x9, #176]
    stp x0, x1, [x9, #16]
    stp x2, x3, [x9, #32]
    stp x4, x5, [x9, #48]
    stp x6, x7, [x9, #64]
    stp x8, x18, [x9, #80]
    stp q0, q1, [x9, #96]
    stp q2, q3, [x9, #128]
    stp q4, q5, [x9, #160]
    stp q6, q7, [x9, #192]
    ldr w11, [x9, #8]
    mov x12, sp
    add x13, x9, #224
1:
    cbz w11, 2f
    ldp x14, x15, [x12], #16
    stp x14, x15, [x13], #16
    sub w11, w11, #16
    b 1b
2:
    mov sp, x10
    mov x0, xzr
    ret
    .cfi_endproc
    .size go_call_stub_, . - go_call_stub_

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
