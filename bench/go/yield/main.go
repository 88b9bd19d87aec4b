// SPDX-License-Identifier: MIT

// Four goroutines that do nothing but yield.
package main

import (
	"runtime"
	"sync"

	"goroutine.bench/report"
)

const workers = 4

func yielder(n int, wg *sync.WaitGroup) {
	for range n {
		runtime.Gosched()
	}
	wg.Done()
}

func main() {
	each := report.Count() / workers
	var wg sync.WaitGroup
	start := report.Start()
	for range workers {
		wg.Add(1)
		go yielder(each, &wg)
	}
	wg.Wait()
	report.PerOp("yield", start, each*workers)
}
