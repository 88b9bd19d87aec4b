// SPDX-License-Identifier: MIT

//go:build ignore

//go:debug asynctimerchan=0

// Bursts of events, each followed by one action when it has been quiet for a while: a
// function that is put off by a reset at each event.
package main

import (
	"fmt"
	"sync/atomic"
	"time"
)

func main() {
	var events atomic.Int32
	done := make(chan int)
	quiet := time.AfterFunc(time.Hour, func() { done <- int(events.Swap(0)) })
	for _, n := range []int{3, 1, 5} {
		for j := range n {
			events.Add(1)
			// A stall within a burst must not look like its end.
			if j+1 < n {
				quiet.Reset(time.Hour)
			} else {
				quiet.Reset(20 * time.Millisecond)
			}
			time.Sleep(time.Millisecond)
		}
		fmt.Println("one action for", <-done, "events")
	}
	fmt.Println("still pending:", quiet.Stop())
}
