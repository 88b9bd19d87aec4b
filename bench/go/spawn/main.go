// SPDX-License-Identifier: MIT

// Spawn and exit: one goroutine starts many, a WaitGroup counts them.
package main

import (
	"sync"

	"goroutine.bench/report"
)

func leaf(wg *sync.WaitGroup) {
	wg.Done()
}

func main() {
	n := report.Count()
	var wg sync.WaitGroup
	start := report.Start()
	for range n {
		wg.Add(1)
		go leaf(&wg)
	}
	wg.Wait()
	report.PerOp("spawn", start, n)
}
