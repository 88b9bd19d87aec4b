// SPDX-License-Identifier: MIT

//go:build ignore

// A closed channel gives what is still buffered, then zero values for ever.
package main

import "fmt"

type sample struct {
	id    int
	level float64
}

func main() {
	c := make(chan sample, 3)
	c <- sample{1, 0.5}
	c <- sample{2, 1.5}
	close(c)
	fmt.Println("closed with", len(c), "inside")

	for i := 0; i < 4; i++ {
		s, ok := <-c
		fmt.Printf("id %d level %.1f ok %t\n", s.id, s.level, ok)
	}
	fmt.Println("and holds", len(c))
}
