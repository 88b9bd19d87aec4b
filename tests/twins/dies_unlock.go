// SPDX-License-Identifier: MIT

//go:build ignore

// Unlocking a mutex once more than it was locked is fatal.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var mu sync.Mutex
	for i := 1; i <= 2; i++ {
		mu.Lock()
		fmt.Println("locked", i)
		mu.Unlock()
	}
	mu.Unlock()
	fmt.Println("never printed")
}
