// SPDX-License-Identifier: MIT

// A once that is done, and a value that has been computed.
package main

import (
	"sync"

	"goroutine.bench/report"
)

func nothing() {}

func compute(x int) int { return x + 1 }

func main() {
	n, sum := report.Count(), 0
	var once sync.Once
	start := report.Start()
	for range n {
		once.Do(nothing)
	}
	report.PerOp("once", start, n)
	value := sync.OnceValue(func() int { return compute(1) })
	start = report.Start()
	for range n {
		sum += value()
	}
	report.PerOp("once.value", start, n)
	if sum != 2*n {
		report.Fail("once: wrong sum %d", sum)
	}
}
