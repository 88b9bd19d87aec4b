// SPDX-License-Identifier: MIT

//go:build ignore

// Many ask for the setup, it happens once, and all see its result.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

var (
	once   sync.Once
	config int
	setups int
	right  atomic.Int32
)

func setup() {
	setups++
	config = 42
}

func use() {
	once.Do(setup)
	if config == 42 {
		right.Add(1)
	}
}

func main() {
	var wg sync.WaitGroup
	for i := 0; i < 20; i++ {
		wg.Go(use)
	}
	wg.Wait()
	fmt.Println("setups", setups)
	fmt.Println("goroutines that saw the result", right.Load())
}
