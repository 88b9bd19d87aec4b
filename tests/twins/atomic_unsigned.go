// SPDX-License-Identifier: MIT

//go:build ignore

// What each operation on an unsigned atomic returns and leaves, up to the wrap.
package main

import (
	"fmt"
	"math"
	"sync/atomic"
)

func word() {
	var v atomic.Uint32
	v.Store(0xf0f0f0f0)
	fmt.Println("uint32 add", v.Add(^uint32(0)))
	fmt.Println("swap", v.Swap(6))
	fmt.Println("cas", v.CompareAndSwap(5, 1))
	fmt.Println("cas", v.CompareAndSwap(6, 0xff))
	fmt.Println("and", v.And(0x0ff0))
	fmt.Println("or", v.Or(1))
	fmt.Println("wrapped", v.Add(math.MaxUint32-5))
	fmt.Println("now", v.Load())
}

func twoWords() {
	var v atomic.Uint64
	v.Store(0xf0f0f0f0f0f0f0f0)
	fmt.Println("uint64 add", v.Add(^uint64(0)))
	fmt.Println("swap", v.Swap(6))
	fmt.Println("cas", v.CompareAndSwap(5, 1))
	fmt.Println("cas", v.CompareAndSwap(6, 1<<63))
	fmt.Println("and", v.And(math.MaxUint64))
	fmt.Println("or", v.Or(1))
	fmt.Println("wrapped", v.Add(1<<63))
	fmt.Println("now", v.Load())
}

func pointerSized() {
	var v atomic.Uintptr
	v.Store(4096)
	fmt.Println("uintptr add", v.Add(16))
	fmt.Println("swap", v.Swap(0x1234))
	fmt.Println("cas", v.CompareAndSwap(0, 1))
	fmt.Println("cas", v.CompareAndSwap(0x1234, 0x4321))
	fmt.Println("and", v.And(0xff00))
	fmt.Println("or", v.Or(0x21))
	fmt.Println("now", v.Load())
}

func main() {
	word()
	twoWords()
	pointerSized()
}
