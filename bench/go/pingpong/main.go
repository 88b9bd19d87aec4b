// SPDX-License-Identifier: MIT

// Round trips of two goroutines over two unbuffered channels.
package main

import (
	"time"

	"goroutine.bench/report"
)

func echo(in <-chan int, out chan<- int) {
	for v := range in {
		out <- v + 1
	}
	close(out)
}

func main() {
	n := report.Count()
	ping, pong := make(chan int), make(chan int)
	go echo(ping, pong)
	sum := 0
	start := time.Now()
	for i := range n {
		ping <- i
		sum += <-pong
	}
	report.PerOp("pingpong", start, n)
	close(ping)
	if _, ok := <-pong; ok || sum != n*(n+1)/2 {
		report.Fail("pingpong: wrong sum %d", sum)
	}
}
