// SPDX-License-Identifier: MIT

//go:build ignore

// A sender that waits when the channel is closed panics; so does one that comes
// later, so it does not matter which this is.
package main

import (
	"fmt"
	"runtime"
)

func sender(c chan<- int) {
	c <- 1
	fmt.Println("first value taken")
	c <- 2
	fmt.Println("never printed")
}

func main() {
	c, never := make(chan int), make(chan int)
	go sender(c)
	<-c
	runtime.Gosched()
	close(c)
	<-never
}
