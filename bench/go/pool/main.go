// SPDX-License-Identifier: MIT

// Get and put back: one thing; and from one goroutine to another over a channel.
package main

import (
	"sync"

	"goroutine.bench/report"
)

const workers = 8

type thing [8]int

var pool = sync.Pool{New: func() any { return new(thing) }}

func use(n int, wg *sync.WaitGroup) {
	for range n {
		x := pool.Get().(*thing)
		x[0]++
		pool.Put(x)
	}
	wg.Done()
}

func getAll(n int, c chan<- *thing) {
	for range n {
		c <- pool.Get().(*thing)
	}
	close(c)
}

func main() {
	n := report.Count()
	var wg sync.WaitGroup
	start := report.Start()
	wg.Add(workers)
	for range workers {
		go use(n/workers, &wg)
	}
	wg.Wait()
	report.PerOp("pool", start, n/workers*workers)

	passed, got := n/20, 0
	c := make(chan *thing, 64)
	start = report.Start()
	go getAll(passed, c)
	for x := range c {
		pool.Put(x)
		got++
	}
	report.PerOp("pool.passed", start, passed)
	if got != passed {
		report.Fail("pool: %d of %d passed", got, passed)
	}
}
