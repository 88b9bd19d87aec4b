// SPDX-License-Identifier: MIT

//go:build ignore

// A select that chooses to send on a closed channel panics; a closed channel is
// always ready, so the default is not taken.
package main

import "fmt"

func main() {
	c := make(chan int)
	var null chan int
	select {
	case c <- 1:
	case <-null:
	default:
		fmt.Println("nobody receives")
	}
	close(c)
	select {
	case c <- 1:
	case <-null:
	default:
		fmt.Println("never printed")
	}
}
