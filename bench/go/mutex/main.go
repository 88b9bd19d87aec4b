// SPDX-License-Identifier: MIT

// Eight goroutines count under one mutex; and one, whom nobody disturbs.
package main

import (
	"sync"

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

func measure(name string, workers, n int) {
	each := n / workers
	total = 0
	var wg sync.WaitGroup
	start := report.Start()
	for range workers {
		wg.Add(1)
		go count(each, &wg)
	}
	wg.Wait()
	report.PerOp(name, start, each*workers)
	if total != each*workers {
		report.Fail("%s: wrong total %d", name, total)
	}
}

func main() {
	n := report.Count()
	measure("mutex", workers, n)
	measure("mutex.one", 1, n)
}
