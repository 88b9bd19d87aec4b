// SPDX-License-Identifier: MIT

// Four producers and four consumers through one buffer of 64.
package main

import (
	"sync"

	"goroutine.bench/report"
)

const side = 4

func produce(c chan<- int, n int, wg *sync.WaitGroup) {
	for i := range n {
		c <- i
	}
	wg.Done()
}

func consume(c <-chan int, sums chan<- int) {
	sum := 0
	for v := range c {
		sum += v
	}
	sums <- sum
}

func main() {
	each := report.Count() / side
	c := make(chan int, 64)
	sums := make(chan int)
	var wg sync.WaitGroup
	start := report.Start()
	for range side {
		wg.Add(1)
		go produce(c, each, &wg)
		go consume(c, sums)
	}
	wg.Wait()
	close(c)
	sum := 0
	for range side {
		sum += <-sums
	}
	report.PerOp("fourfour", start, each*side)
	if sum != side*(each*(each-1)/2) {
		report.Fail("fourfour: wrong sum %d", sum)
	}
}
