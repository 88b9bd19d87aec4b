// SPDX-License-Identifier: MIT

//go:build ignore

// Closing a channel wakes everybody who waits on it: a starting gun.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

const runners = 10

var finished atomic.Int32

func runner(ready chan<- int, start <-chan struct{}, lane int) {
	ready <- lane
	<-start
	finished.Add(1)
}

func main() {
	ready := make(chan int)
	start := make(chan struct{})
	var wg sync.WaitGroup
	for lane := 1; lane <= runners; lane++ {
		wg.Go(func() { runner(ready, start, lane) })
	}
	sum := 0
	for i := 0; i < runners; i++ {
		sum += <-ready
	}
	fmt.Println("all ready, sum of lanes", sum, "finished", finished.Load())
	close(start)
	wg.Wait()
	fmt.Println("finished", finished.Load())
}
