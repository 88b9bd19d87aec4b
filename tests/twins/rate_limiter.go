// SPDX-License-Identifier: MIT

//go:build ignore

// A goroutine hands out one permit every five milliseconds; requests take a
// permit each, so they cannot come faster.
package main

import (
	"fmt"
	"time"
)

const interval = 5 * time.Millisecond

func dispenser(permits chan<- int, count int) {
	for i := 1; i <= count; i++ {
		time.Sleep(interval)
		permits <- i
	}
	close(permits)
}

func main() {
	permits := make(chan int)
	start := time.Now()
	go dispenser(permits, 8)

	served, tooFast := 0, 0
	for permit := range permits {
		served++
		if time.Since(start) < time.Duration(permit)*interval {
			tooFast++
		}
	}
	fmt.Println("served", served, "too fast", tooFast)
}
