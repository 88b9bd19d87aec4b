// SPDX-License-Identifier: MIT

// Eight goroutines, some 300 ns of work inside the mutex and as much outside.
package main

import (
	"sync"

	"goroutine.bench/report"
)

const (
	workers = 8
	steps   = 300
)

var (
	mu     sync.Mutex
	inside uint64
)

// A chain of dependent additions and shifts: about a nanosecond each.
func work(x uint64) uint64 {
	for range steps {
		x += x<<1 | 1
		x ^= x >> 7
	}
	return x
}

func count(n int, outside *uint64, wg *sync.WaitGroup) {
	x := *outside
	for range n {
		mu.Lock()
		inside = work(inside)
		mu.Unlock()
		x = work(x)
	}
	*outside = x
	wg.Done()
}

func main() {
	each := report.Count() / workers
	var outside [workers]uint64
	var wg sync.WaitGroup
	start := report.Start()
	wg.Add(workers)
	for i := range workers {
		go count(each, &outside[i], &wg)
	}
	wg.Wait()
	report.PerOp("mutexwork", start, each*workers)
	want := uint64(0)
	for range each {
		want = work(want)
	}
	for _, x := range outside {
		if x != want {
			report.Fail("mutexwork: wrong result")
		}
	}
}
