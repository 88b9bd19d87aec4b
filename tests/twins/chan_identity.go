// SPDX-License-Identifier: MIT

//go:build ignore

// A channel is a reference: copies of it are the same channel, and equal.
package main

import "fmt"

func same(a, b chan int) string {
	if a == b {
		return "the same"
	}
	return "different"
}

func put(c chan int, v int) { c <- v }

func main() {
	a, b := make(chan int, 2), make(chan int, 2)
	dup := a
	var null chan int
	fmt.Println("a and its copy:", same(a, dup))
	fmt.Println("a and b:", same(a, b))
	fmt.Println("nil and nil:", same(null, nil))
	fmt.Println("nil and a:", same(null, a))

	put(dup, 5)
	fmt.Printf("a has %d, b has %d\n", len(a), len(b))
	a, b = b, a
	fmt.Printf("a has %d, b has %d\n", len(a), len(b))
	fmt.Println("received", <-b)
	close(dup)
	_, ok := <-b
	fmt.Println("the copy closed it:", !ok)
}
