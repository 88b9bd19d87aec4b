// SPDX-License-Identifier: MIT

// A goroutine that has a thread for itself and another wake each other, over channels of
// one element, while nothing else runs.
package main

import (
	"runtime"

	"goroutine.bench/report"
)

func echo(in <-chan int, out chan<- int) {
	runtime.LockOSThread()
	for v := range in {
		out <- v + 1
	}
	close(out)
}

func main() {
	n := report.Count()
	ping, pong := make(chan int, 1), make(chan int, 1)
	go echo(ping, pong)
	sum := 0
	start := report.Start()
	for i := range n {
		ping <- i
		sum += <-pong
	}
	report.MicrosPerOp("wake", start, n)
	close(ping)
	if _, ok := <-pong; ok || sum != n*(n+1)/2 {
		report.Fail("wake: wrong sum %d", sum)
	}
}
