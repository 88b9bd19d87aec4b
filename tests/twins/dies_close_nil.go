// SPDX-License-Identifier: MIT

//go:build ignore

// The nil channel has no length and is never ready; closing it panics.
package main

import "fmt"

func main() {
	var c chan string
	fmt.Println("length", len(c))
	select {
	case <-c:
	case c <- "x":
	default:
		fmt.Println("not ready")
	}
	close(c)
	fmt.Println("never printed")
}
