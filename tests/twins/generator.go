// SPDX-License-Identifier: MIT

//go:build ignore

// A function that returns a channel: the goroutine behind it makes one value
// at a time, when somebody asks.
package main

import "fmt"

func generateFrom(start, step int, c chan<- int) {
	for v := start; ; v += step {
		c <- v
	}
}

func counter(start, step int) <-chan int {
	c := make(chan int)
	go generateFrom(start, step, c)
	return c
}

func main() {
	evens := counter(0, 2)
	tens := counter(100, 10)

	for i := 0; i < 5; i++ {
		fmt.Println(<-evens, <-tens)
	}
	fmt.Println("sum of the next two:", <-evens+<-tens)
} // both goroutines still wait to send; the program ends all the same
