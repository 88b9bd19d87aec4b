// SPDX-License-Identifier: MIT

//go:build ignore

// A counter that many goroutines share under a mutex.
package main

import (
	"fmt"
	"sync"
)

type counter struct {
	mu sync.Mutex
	n  map[int]int
}

func (c *counter) inc(key int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n[key]++
}

func main() {
	c := counter{n: make(map[int]int)}
	var wg sync.WaitGroup
	for g := 0; g < 8; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				c.inc((g + i) % 4)
			}
		})
	}
	wg.Wait()

	for key := 0; key < 4; key++ {
		fmt.Println("key", key, "count", c.n[key])
	}
}
