// SPDX-License-Identifier: MIT

//go:build ignore

// A reader's unlock too many is fatal, in whatever goroutine it comes.
package main

import (
	"fmt"
	"sync"
)

var mu sync.RWMutex

func reader(out chan<- int, unlocks int) {
	mu.RLock()
	for i := 0; i < unlocks; i++ {
		mu.RUnlock()
	}
	out <- unlocks
}

func main() {
	out := make(chan int)
	for unlocks := 1; unlocks <= 2; unlocks++ {
		go reader(out, unlocks)
		fmt.Println("unlocked", <-out, "time")
	}
}
