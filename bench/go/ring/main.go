// SPDX-License-Identifier: MIT

// A token goes round goroutines, 1000 if not told otherwise, joined by unbuffered channels.
package main

import (
	"goroutine.bench/report"
)

func member(in <-chan int, out chan<- int) {
	for v := range in {
		out <- v + 1
	}
	close(out)
}

func main() {
	members := report.Size(1000)
	laps := report.Count() / members
	first := make(chan int)
	last := first
	for range members - 1 {
		next := make(chan int)
		go member(last, next)
		last = next
	}
	token := 0
	start := report.Start()
	for range laps {
		first <- token
		token = 1 + <-last
	}
	report.PerOp("ring", start, laps*members)
	close(first)
	if _, ok := <-last; ok || token != laps*members {
		report.Fail("ring: wrong token %d", token)
	}
}
