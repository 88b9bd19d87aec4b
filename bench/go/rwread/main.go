// SPDX-License-Identifier: MIT

// Eight goroutines read under one rwmutex; one alone; and with a writer now and then.
package main

import (
	"sync"

	"goroutine.bench/report"
)

const (
	workers    = 8
	writeEvery = 1000
)

var (
	mu   sync.RWMutex
	a, b int
)

func readOnly(n int, wg *sync.WaitGroup) {
	for range n {
		mu.RLock()
		if a != b {
			report.Fail("rwread: a reader beside a writer")
		}
		mu.RUnlock()
	}
	wg.Done()
}

func readMostly(n int, wg *sync.WaitGroup) {
	for i := range n {
		if i%writeEvery == 0 {
			mu.Lock()
			a++
			b++
			mu.Unlock()
			continue
		}
		mu.RLock()
		if a != b {
			report.Fail("rwread: a reader beside a writer")
		}
		mu.RUnlock()
	}
	wg.Done()
}

func measure(name string, workers int, f func(int, *sync.WaitGroup), n int) {
	var wg sync.WaitGroup
	start := report.Start()
	wg.Add(workers)
	for range workers {
		go f(n/workers, &wg)
	}
	wg.Wait()
	report.PerOp(name, start, n/workers*workers)
}

func main() {
	n := report.Count()
	measure("rwread", workers, readOnly, n)
	measure("rwread.one", 1, readOnly, n)
	measure("rwread.mostly", workers, readMostly, n)
}
