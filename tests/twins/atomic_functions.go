// SPDX-License-Identifier: MIT

//go:build ignore

// The operations on plain variables of every size, and on a pointer.
package main

import (
	"fmt"
	"sync/atomic"
	"unsafe"
)

func main() {
	i32 := int32(0)
	atomic.StoreInt32(&i32, -100)
	fmt.Println("int32", atomic.AddInt32(&i32, 1), atomic.AndInt32(&i32, 0xff),
		atomic.OrInt32(&i32, 5), atomic.SwapInt32(&i32, 9), atomic.CompareAndSwapInt32(&i32, 8, 1),
		atomic.CompareAndSwapInt32(&i32, 9, 2), atomic.LoadInt32(&i32))
	i64 := int64(0)
	atomic.StoreInt64(&i64, 1<<33)
	fmt.Println("int64", atomic.AddInt64(&i64, -1), atomic.AndInt64(&i64, 0xff00),
		atomic.OrInt64(&i64, 5), atomic.SwapInt64(&i64, 9), atomic.CompareAndSwapInt64(&i64, 8, 1),
		atomic.CompareAndSwapInt64(&i64, 9, 2), atomic.LoadInt64(&i64))
	u32 := uint32(0)
	atomic.StoreUint32(&u32, 70000)
	fmt.Println("uint32", atomic.AddUint32(&u32, 7), atomic.AndUint32(&u32, 0xffff),
		atomic.OrUint32(&u32, 5), atomic.SwapUint32(&u32, 9), atomic.CompareAndSwapUint32(&u32, 8, 1),
		atomic.CompareAndSwapUint32(&u32, 9, 2), atomic.LoadUint32(&u32))
	u64 := uint64(0)
	atomic.StoreUint64(&u64, 1<<50)
	fmt.Println("uint64", atomic.AddUint64(&u64, 3), atomic.AndUint64(&u64, 0xf),
		atomic.OrUint64(&u64, 5), atomic.SwapUint64(&u64, 9), atomic.CompareAndSwapUint64(&u64, 8, 1),
		atomic.CompareAndSwapUint64(&u64, 9, 2), atomic.LoadUint64(&u64))
	up := uintptr(0)
	atomic.StoreUintptr(&up, 256)
	fmt.Println("uintptr", atomic.AddUintptr(&up, 16), atomic.AndUintptr(&up, 0x110),
		atomic.OrUintptr(&up, 5), atomic.SwapUintptr(&up, 9), atomic.CompareAndSwapUintptr(&up, 8, 1),
		atomic.CompareAndSwapUintptr(&up, 9, 2), atomic.LoadUintptr(&up))

	a, b := 1, 2
	var p unsafe.Pointer
	atomic.StorePointer(&p, unsafe.Pointer(&a))
	old := (*int)(atomic.SwapPointer(&p, unsafe.Pointer(&b)))
	miss := atomic.CompareAndSwapPointer(&p, unsafe.Pointer(&a), nil)
	hit := atomic.CompareAndSwapPointer(&p, unsafe.Pointer(&b), unsafe.Pointer(&a))
	fmt.Println("pointer", *old, miss, hit, *(*int)(atomic.LoadPointer(&p)))
}
