// SPDX-License-Identifier: MIT

// Goroutines that each block their thread for 100 ms in the kernel.
package main

import (
	"sync"
	"syscall"

	"goroutine.bench/report"
)

func block(wg *sync.WaitGroup) {
	ts := syscall.NsecToTimespec(100e6)
	for syscall.Nanosleep(&ts, &ts) == syscall.EINTR {
	}
	wg.Done()
}

func main() {
	n := report.Count()
	var wg sync.WaitGroup
	start := report.Start()
	for range n {
		wg.Add(1)
		go block(&wg)
	}
	wg.Wait()
	report.Millis("block", start)
}
