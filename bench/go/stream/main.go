// SPDX-License-Identifier: MIT

// One producer and one consumer through a buffer of 128.
package main

import (
	"time"

	"goroutine.bench/report"
)

func produce(c chan<- int, n int) {
	for i := range n {
		c <- i
	}
	close(c)
}

func main() {
	n := report.Count()
	c := make(chan int, 128)
	sum := 0
	start := time.Now()
	go produce(c, n)
	for v := range c {
		sum += v
	}
	report.PerOp("stream", start, n)
	if sum != n*(n-1)/2 {
		report.Fail("stream: wrong sum %d", sum)
	}
}
