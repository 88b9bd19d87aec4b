// SPDX-License-Identifier: MIT

//go:build ignore

// How many goroutines there are: main, and those that wait to be let go.
package main

import (
	"fmt"
	"runtime"
)

func waitForCount(n int) {
	for runtime.NumGoroutine() != n {
		runtime.Gosched()
	}
}

func main() {
	fmt.Println("at first", runtime.NumGoroutine())
	gate := make(chan byte)
	for i := 1; i <= 5; i++ {
		go func() { <-gate }()
		fmt.Printf("started %d: %d\n", i, runtime.NumGoroutine())
	}
	for i := 4; i >= 3; i-- {
		gate <- 0
		waitForCount(i + 1)
		fmt.Println(i, "are left")
	}
	close(gate)
	waitForCount(1)
	fmt.Println("main alone")
}
