// SPDX-License-Identifier: MIT

// Eight goroutines count under one mutex.
package main

import (
	"sync"
	"time"

	"goroutine.bench/report"
)

const workers = 8

var (
	mu    sync.Mutex
	total int
)

func count(n int, wg *sync.WaitGroup) {
	for range n {
		mu.Lock()
		total++
		mu.Unlock()
	}
	wg.Done()
}

func main() {
	each := report.Count() / workers
	var wg sync.WaitGroup
	start := time.Now()
	for range workers {
		wg.Add(1)
		go count(each, &wg)
	}
	wg.Wait()
	report.PerOp("mutex", start, each*workers)
	if total != each*workers {
		report.Fail("mutex: wrong total %d", total)
	}
}
