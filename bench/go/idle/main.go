// SPDX-License-Identifier: MIT

// CPU time that a program uses while all its goroutines wait.
package main

import (
	"fmt"
	"syscall"
	"time"

	"goroutine.bench/report"
)

const waiters = 1000

func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		report.Fail("getrusage: %v", err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func main() {
	span := time.Duration(report.Count()) * time.Millisecond
	c := make(chan int)
	for range waiters {
		go func() { <-c }()
	}
	time.Sleep(100 * time.Millisecond)
	before := cpu()
	time.Sleep(span)
	used := cpu() - before
	fmt.Printf("idle %.1f us/s\n", float64(used.Nanoseconds())/1e3/span.Seconds())
}
