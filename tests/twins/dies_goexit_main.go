// SPDX-License-Identifier: MIT

//go:build ignore

// The main goroutine may end itself; the others go on, and when they are gone too
// the program dies of it.
package main

import (
	"fmt"
	"runtime"
)

func countDown(c chan int) {
	for n := range c {
		fmt.Println(n)
		if n > 0 {
			c <- n - 1
		} else {
			close(c)
		}
	}
	fmt.Println("the last one ends")
}

func main() {
	c := make(chan int, 1)
	c <- 3
	go countDown(c)
	runtime.Goexit()
}
