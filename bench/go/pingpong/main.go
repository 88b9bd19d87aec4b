// SPDX-License-Identifier: MIT

// Round trips of two goroutines over two unbuffered channels; or of many such pairs, which
// share the count.
package main

import (
	"sync"

	"goroutine.bench/report"
)

func echo(in <-chan int, out chan<- int) {
	for v := range in {
		out <- v + 1
	}
	close(out)
}

func pair(n int, wg *sync.WaitGroup) {
	ping, pong := make(chan int), make(chan int)
	go echo(ping, pong)
	sum := 0
	for i := range n {
		ping <- i
		sum += <-pong
	}
	close(ping)
	if _, ok := <-pong; ok || sum != n*(n+1)/2 {
		report.Fail("pingpong: wrong sum %d", sum)
	}
	wg.Done()
}

func main() {
	pairs := report.Size(1)
	each := report.Count() / pairs
	var wg sync.WaitGroup
	start := report.Start()
	for range pairs {
		wg.Add(1)
		go pair(each, &wg)
	}
	wg.Wait()
	report.PerOp("pingpong", start, each*pairs)
}
