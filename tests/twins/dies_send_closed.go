// SPDX-License-Identifier: MIT

//go:build ignore

// Sending on a closed channel panics, although there is room; what was sent before
// the close is received.
package main

import "fmt"

func main() {
	c := make(chan int, 4)
	c <- 1
	c <- 2
	close(c)
	fmt.Println("received", <-c)
	c <- 3
	fmt.Println("never printed")
}
