// SPDX-License-Identifier: MIT

//go:build ignore

// A buffered channel is a queue: what goes in first comes out first.
package main

import "fmt"

func main() {
	c := make(chan int, 4)
	fmt.Println("new:", len(c), "of", cap(c))

	for round := 1; round <= 3; round++ {
		for i := 1; i <= 3; i++ { // three at a time: the ring wraps around
			c <- round*10 + i
		}
		fmt.Println("filled:", len(c), "of", cap(c))
		for len(c) > 0 {
			fmt.Println("took", <-c)
		}
	}
	fmt.Println("empty:", len(c), "of", cap(c))
}
