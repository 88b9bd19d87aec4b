// SPDX-License-Identifier: MIT

// CPU time that a program uses while all its goroutines wait.
package main

import (
	"fmt"
	"time"

	"goroutine.bench/report"
)

const waiters = 1000

func main() {
	span := time.Duration(report.Count()) * time.Millisecond
	c := make(chan int)
	for range waiters {
		go func() { <-c }()
	}
	time.Sleep(100 * time.Millisecond)
	before := report.CPU()
	time.Sleep(span)
	used := report.CPU() - before
	fmt.Printf("idle %.1f us/s\n", float64(used.Nanoseconds())/1e3/span.Seconds())
}
