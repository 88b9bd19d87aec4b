// SPDX-License-Identifier: MIT

// Many goroutines sleep once, 1 ms to 1 s, no two alike: CPU time of it all, and how late
// they wake.
package main

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"goroutine.bench/report"
)

func sleeper(d time.Duration, late *time.Duration, wg *sync.WaitGroup) {
	start := time.Now()
	time.Sleep(d)
	*late = time.Since(start) - d
	wg.Done()
}

// Not in the order in which they start.
func length(i, n int) time.Duration {
	return time.Millisecond + 999*time.Millisecond*time.Duration(i*7919%n)/time.Duration(n)
}

func main() {
	n := report.Count()
	late := make([]time.Duration, n)
	var wg sync.WaitGroup
	start := report.CPU()
	for i := range n {
		wg.Add(1)
		go sleeper(length(i, n), &late[i], &wg)
	}
	wg.Wait()
	fmt.Printf("sleepers.cpu %.1f ms\n", float64(report.CPU()-start)/1e6)
	slices.Sort(late)
	if late[0] < 0 {
		report.Fail("sleepers: one woke %v early", -late[0])
	}
	fmt.Printf("sleepers.late %.2f us\n", float64(late[n/2])/1e3)
}
