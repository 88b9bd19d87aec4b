// SPDX-License-Identifier: MIT

// One goroutine sends to itself through a buffered channel.
package main

import (
	"goroutine.bench/report"
)

func main() {
	n := report.Count()
	c := make(chan int, 1)
	sum := 0
	start := report.Start()
	for i := range n {
		c <- i
		sum += <-c
	}
	report.PerOp("self", start, n)
	if sum != n*(n-1)/2 {
		report.Fail("self: wrong sum %d", sum)
	}
}
