// SPDX-License-Identifier: MIT

//go:build ignore

// Start goroutines, wait until all have returned.
package main

import (
	"fmt"
	"sync"
)

func square(n int, result *int) {
	*result = n * n
}

func main() {
	var wg sync.WaitGroup
	var squares [8]int

	for i := range squares {
		wg.Go(func() { square(i, &squares[i]) })
	}
	wg.Wait() // everything written by the goroutines is visible now

	for i, s := range squares {
		fmt.Printf("%d squared is %d\n", i, s)
	}
}
