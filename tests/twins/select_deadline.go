// SPDX-License-Identifier: MIT

//go:build ignore

// One deadline over many selects: what is late is not received, what is ready
// before is.
package main

import (
	"fmt"
	"time"
)

func burst(out chan<- int, n int) {
	for i := 1; i <= n; i++ {
		out <- i
	}
}

func main() {
	c, hurry := make(chan int), make(chan int)
	go burst(c, 5)
	start := time.Now()
	deadline := start.Add(20 * time.Millisecond)
	sum, count := 0, 0
	for late := false; !late; {
		var over <-chan time.Time
		if count == 5 { // Only when all five are in may the deadline count.
			over = time.After(time.Until(deadline))
		}
		select {
		case v := <-c:
			sum += v
			count++
		case <-over:
			late = true
		}
	}
	fmt.Println("count", count, "sum", sum, "early", time.Now().Before(deadline))

	select {
	case <-hurry:
	case <-time.After(time.Hour):
	case <-time.After(0):
		fmt.Println("the shortest time ends it")
	}
}
