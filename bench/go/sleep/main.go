// SPDX-License-Identifier: MIT

// How late a sleep of 1 ms ends when nothing else runs.
package main

import (
	"time"

	"goroutine.bench/report"
)

func main() {
	late := make([]time.Duration, report.Count())
	for i := range late {
		start := time.Now()
		time.Sleep(time.Millisecond)
		late[i] = time.Since(start) - time.Millisecond
	}
	report.Delays("sleep", late)
}
