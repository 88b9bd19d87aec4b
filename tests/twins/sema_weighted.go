// SPDX-License-Identifier: MIT

//go:build ignore

// Tasks of different weight under one limit: never too much at once, all get done, and the
// heavy one is not passed by light ones that came later.  What x/sync's semaphore does is
// done here by a mutex and a queue: twins know the standard library alone.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

const limit = 10

type waiter struct {
	n    int
	wake chan bool
}

var (
	mu      sync.Mutex
	free    = limit
	waiters []waiter
)

func acquire(n int) {
	mu.Lock()
	if len(waiters) == 0 && free >= n {
		free -= n
		mu.Unlock()
		return
	}
	w := waiter{n, make(chan bool)}
	waiters = append(waiters, w)
	mu.Unlock()
	<-w.wake
}

func tryAcquire(n int) bool {
	mu.Lock()
	defer mu.Unlock()
	if len(waiters) != 0 || free < n {
		return false
	}
	free -= n
	return true
}

func release(n int) {
	mu.Lock()
	defer mu.Unlock()
	free += n
	for len(waiters) > 0 && free >= waiters[0].n {
		free -= waiters[0].n
		close(waiters[0].wake)
		waiters = waiters[1:]
	}
}

func main() {
	var inUse, over atomic.Int32
	var wg sync.WaitGroup
	for i := 0; i < 100; i++ {
		weight := 1 + i%limit
		wg.Go(func() {
			acquire(weight)
			if inUse.Add(int32(weight)) > limit {
				over.Add(1)
			}
			runtime.Gosched()
			inUse.Add(int32(-weight))
			release(weight)
		})
	}
	wg.Wait()
	fmt.Printf("in use %d, times over the limit %d\n", inUse.Load(), over.Load())

	tell := func(who string, weight int) {
		acquire(weight)
		fmt.Println(who, "has", weight)
		release(weight)
		wg.Done()
	}
	acquire(5)
	wg.Add(2)
	go tell("heavy", limit)
	for tryAcquire(1) { // until it waits
		release(1)
		runtime.Gosched()
	}
	go tell("light", 1)
	time.Sleep(time.Millisecond)
	fmt.Println("released")
	release(5)
	wg.Wait()
}
