// SPDX-License-Identifier: MIT

//go:build ignore

// A counter without a lock, and a maximum kept by compare and swap.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

var count int32
var highest int64

func increment() {
	atomic.AddInt32(&count, 1)
}

func getCount() int32 {
	return atomic.LoadInt32(&count)
}

func raise(v int64) {
	old := atomic.LoadInt64(&highest)
	for v > old && !atomic.CompareAndSwapInt64(&highest, old, v) {
		old = atomic.LoadInt64(&highest)
	}
}

func main() {
	var wg sync.WaitGroup
	for g := 0; g < 8; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				increment()
				raise(int64((g*1000 + i) * 7919 % 8009))
			}
		})
	}
	wg.Wait()
	fmt.Println("count", getCount())
	fmt.Println("highest", atomic.LoadInt64(&highest))
}
