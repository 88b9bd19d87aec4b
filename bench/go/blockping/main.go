// SPDX-License-Identifier: MIT

// Round trips over two unbuffered channels while eight other goroutines block their thread
// in the kernel, 1 ms each time: package syscall tells the scheduler.
package main

import (
	"sync"
	"sync/atomic"
	"syscall"

	"goroutine.bench/report"
)

const blockers = 8

var stop atomic.Bool

func blocker(wg *sync.WaitGroup) {
	for !stop.Load() {
		ts := syscall.NsecToTimespec(1e6)
		syscall.Nanosleep(&ts, nil)
	}
	wg.Done()
}

func echo(in <-chan int, out chan<- int) {
	for v := range in {
		out <- v + 1
	}
}

func main() {
	n := report.Count()
	var wg sync.WaitGroup
	wg.Add(blockers)
	for range blockers {
		go blocker(&wg)
	}
	ping, pong := make(chan int), make(chan int)
	go echo(ping, pong)
	sum := 0
	start := report.Start()
	for i := range n {
		ping <- i
		sum += <-pong
	}
	report.PerOp("blockping", start, n)
	if sum != n*(n+1)/2 {
		report.Fail("blockping: wrong sum %d", sum)
	}
	close(ping)
	stop.Store(true)
	wg.Wait()
}
