// SPDX-License-Identifier: MIT

// A WaitGroup: add and done by one goroutine; and rounds in which eight goroutines are
// started and waited for.
package main

import (
	"sync"

	"goroutine.bench/report"
)

const workers = 8

func alone(n int) {
	var wg sync.WaitGroup
	start := report.Start()
	for range n {
		wg.Add(1)
		wg.Done()
	}
	wg.Wait()
	report.PerOp("waitgroup", start, n)
}

func rounds(n int) {
	var wg sync.WaitGroup
	var done [workers]int
	start := report.Start()
	for range n {
		for w := range done {
			wg.Go(func() { done[w]++ })
		}
		wg.Wait()
	}
	report.PerOp("waitgroup.8", start, n)
	for _, d := range done {
		if d != n {
			report.Fail("waitgroup.8: %d of %d", d, n)
		}
	}
}

func main() {
	n := report.Count()
	alone(n)
	rounds(n / 20)
}
