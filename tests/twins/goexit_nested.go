// SPDX-License-Identifier: MIT

//go:build ignore

// Ending a goroutine from deep inside a call ends that one alone; a wait group
// takes it as done.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

var before, after int32

func leaveAt(depth int) {
	if depth == 0 {
		runtime.Goexit()
	}
	leaveAt(depth - 1)
	atomic.AddInt32(&after, 1)
}

func leaver(depth int) {
	atomic.AddInt32(&before, 1)
	leaveAt(depth)
	atomic.AddInt32(&after, 1)
}

func returns() {
	atomic.AddInt32(&before, 1)
	atomic.AddInt32(&after, 1)
}

func main() {
	var wg sync.WaitGroup
	for i := 0; i < 10; i++ {
		wg.Go(func() { leaver(i) })
	}
	for i := 0; i < 5; i++ {
		wg.Go(returns)
	}
	wg.Wait()
	fmt.Printf("began %d, went on to their end %d\n", atomic.LoadInt32(&before),
		atomic.LoadInt32(&after))
}
