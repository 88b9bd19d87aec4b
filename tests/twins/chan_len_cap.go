// SPDX-License-Identifier: MIT

//go:build ignore

// Length and capacity of a channel through its life, and of the nil channel.
package main

import "fmt"

func show(when string, c chan float64) {
	fmt.Printf("%s: %d of %d\n", when, len(c), cap(c))
}

func main() {
	var null chan float64
	show("nil", null)
	none := make(chan float64)
	show("unbuffered", none)
	close(none)
	show("unbuffered, closed", none)

	c := make(chan float64, 3)
	show("new", c)
	c <- 1.5
	c <- 2.5
	show("two in", c)
	close(c)
	show("closed", c)
	<-c
	show("one out", c)
	<-c
	show("drained", c)
	<-c
	show("received from the closed", c)
}
