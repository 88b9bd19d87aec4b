// SPDX-License-Identifier: MIT

//go:build ignore

// A receive with a deadline ends in one of three ways.
package main

import (
	"fmt"
	"time"
)

func receive(c <-chan int, deadline time.Time) {
	select {
	case v, ok := <-c:
		if ok {
			fmt.Println("received", v)
		} else {
			fmt.Println("closed")
		}
	case <-time.After(time.Until(deadline)):
		fmt.Println("too late")
	}
}

func sendTwo(c chan<- int) {
	c <- 1
	c <- 2
	close(c)
}

func main() {
	c := make(chan int)
	start := time.Now()
	receive(c, start.Add(25*time.Millisecond))
	fmt.Println("gave up too early:", time.Since(start) < 25*time.Millisecond)

	go sendTwo(c)
	later := time.Now().Add(time.Minute)
	receive(c, later)
	receive(c, later)
	receive(c, later)
}
