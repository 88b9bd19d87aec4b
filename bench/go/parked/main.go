// SPDX-License-Identifier: MIT

// The memory of parked goroutines, page tables included.
package main

import (
	"fmt"
	"runtime"
	"sync"

	"goroutine.bench/report"
)

func wait(c <-chan int, started, ended *sync.WaitGroup) {
	started.Done()
	<-c
	ended.Done()
}

func main() {
	n := report.Count()
	c := make(chan int)
	var started, ended sync.WaitGroup
	runtime.GC()
	before := report.Resident()
	start := report.Start()
	for range n {
		started.Add(1)
		ended.Add(1)
		go wait(c, &started, &ended)
	}
	started.Wait()
	report.PerOp("parked.spawn", start, n)
	fmt.Printf("parked %.1f B\n", float64(report.Resident()-before)/float64(n))
	close(c)
	ended.Wait()
}
