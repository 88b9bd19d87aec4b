// SPDX-License-Identifier: MIT

//go:build ignore

// Three goroutines count side by side; which line comes first is open.
package main

import (
	"fmt"
	"time"
)

func task(id int) {
	for i := 0; i < 5; i++ {
		fmt.Printf("Task %d: %d\n", id, i)
		time.Sleep(100 * time.Millisecond)
	}
}

func main() {
	for i := 0; i < 3; i++ {
		go task(i)
	}

	time.Sleep(2 * time.Second) // plenty of time for the goroutines to finish
}
