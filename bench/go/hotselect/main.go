// SPDX-License-Identifier: MIT

// Many goroutines, 1000 if not told otherwise, each select over one hot channel that they
// share and a quiet one of their own.
package main

import (
	"sync"
	"sync/atomic"

	"goroutine.bench/report"
)

var total atomic.Int64

func selector(hot, quiet <-chan int, wg *sync.WaitGroup) {
	defer wg.Done()
	sum := 0
	for {
		select {
		case v, ok := <-hot:
			if !ok {
				total.Add(int64(sum))
				return
			}
			sum += v
		case <-quiet:
			return
		}
	}
}

func main() {
	n, selectors := report.Count(), report.Size(1000)
	hot := make(chan int)
	var wg sync.WaitGroup
	for range selectors {
		wg.Add(1)
		go selector(hot, make(chan int), &wg)
	}
	start := report.Start()
	for i := range n {
		hot <- i
	}
	close(hot)
	wg.Wait()
	report.PerOp("hotselect", start, n)
	if total.Load() != int64(n*(n-1)/2) {
		report.Fail("hotselect: wrong sum %d", total.Load())
	}
}
