// SPDX-License-Identifier: MIT

// A ticker of 1 ms beside one endless loop per P: how late its ticks arrive.
package main

import (
	"runtime"
	"sync/atomic"
	"time"

	"goroutine.bench/report"
)

var stop atomic.Bool

func hog() {
	for !stop.Load() {
	}
}

func main() {
	late := make([]time.Duration, report.Count())
	for range runtime.GOMAXPROCS(0) {
		go hog()
	}
	t := time.NewTicker(time.Millisecond)
	for i := range late {
		late[i] = time.Since(<-t.C)
	}
	stop.Store(true)
	report.Delays("ticker", late)
}
