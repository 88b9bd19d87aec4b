// SPDX-License-Identifier: MIT

// One producer and one consumer through a buffer: of 1, of 16, of 128.
package main

import (
	"goroutine.bench/report"
)

func produce(c chan<- int, n int) {
	for i := range n {
		c <- i
	}
	close(c)
}

func measure(name string, capacity, n int) {
	c := make(chan int, capacity)
	sum := 0
	start := report.Start()
	go produce(c, n)
	for v := range c {
		sum += v
	}
	report.PerOp(name, start, n)
	if sum != n*(n-1)/2 {
		report.Fail("%s: wrong sum %d", name, sum)
	}
}

func main() {
	n := report.Count()
	measure("stream.1", 1, n)
	measure("stream.16", 16, n)
	measure("stream.128", 128, n)
}
