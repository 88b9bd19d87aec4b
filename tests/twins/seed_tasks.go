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
		time.Sleep(200 * time.Millisecond)
	}
}

func main() {
	for i := 0; i < 3; i++ {
		go task(i)
	}

	time.Sleep(1000 * time.Millisecond) // Wait for goroutines to finish
}
