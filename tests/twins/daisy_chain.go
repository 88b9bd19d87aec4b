// SPDX-License-Identifier: MIT

//go:build ignore

// A thousand goroutines in a row, each adds one to what its neighbour says.
package main

import "fmt"

const links = 1000

func link(left chan<- int, right <-chan int) {
	left <- 1 + <-right
}

func main() {
	leftmost := make(chan int)
	left := leftmost
	for i := 0; i < links; i++ {
		right := make(chan int)
		go link(left, right)
		left = right
	}

	left <- 0
	fmt.Println("whispered through", <-leftmost, "goroutines")
}
