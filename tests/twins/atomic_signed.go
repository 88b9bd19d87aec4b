// SPDX-License-Identifier: MIT

//go:build ignore

// What each operation on a signed atomic returns and leaves, up to the wrap.
package main

import (
	"fmt"
	"math"
	"sync/atomic"
)

func small() {
	var v atomic.Int32
	fmt.Println("int32", v.Load())
	v.Store(12)
	fmt.Println("add", v.Add(-5))
	fmt.Println("swap", v.Swap(100))
	fmt.Println("cas", v.CompareAndSwap(7, 8))
	fmt.Println("cas", v.CompareAndSwap(100, 0x5f))
	fmt.Println("and", v.And(0x3c))
	fmt.Println("or", v.Or(0x103))
	fmt.Println("now", v.Load())
	v.Store(math.MaxInt32)
	fmt.Println("wrapped", v.Add(1))
}

func large() {
	var v atomic.Int64
	fmt.Println("int64", v.Load())
	v.Store(1 << 40)
	fmt.Println("add", v.Add(-1))
	fmt.Println("swap", v.Swap(-3))
	fmt.Println("cas", v.CompareAndSwap(3, 0))
	fmt.Println("cas", v.CompareAndSwap(-3, math.MinInt64))
	fmt.Println("and", v.And(-1))
	fmt.Println("or", v.Or(0xff))
	fmt.Println("now", v.Load())
	v.Store(math.MinInt64)
	fmt.Println("wrapped", v.Add(-1))
}

func main() {
	small()
	large()
}
