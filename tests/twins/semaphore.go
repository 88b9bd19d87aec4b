// SPDX-License-Identifier: MIT

//go:build ignore

// A buffered channel as a counting semaphore: its capacity is the limit.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

const limit = 3

var running, total atomic.Int32
var overLimit atomic.Bool

func work(slots chan struct{}) {
	slots <- struct{}{}
	if running.Add(1) > limit {
		overLimit.Store(true)
	}
	runtime.Gosched() // give the others a chance to break the limit
	total.Add(1)
	running.Add(-1)
	<-slots
}

func main() {
	slots := make(chan struct{}, limit)
	var wg sync.WaitGroup
	for i := 0; i < 50; i++ {
		wg.Go(func() { work(slots) })
	}
	wg.Wait()

	fmt.Println("finished", total.Load())
	fmt.Println("ever over the limit:", overLimit.Load())
	fmt.Println("slots in use", len(slots))
}
