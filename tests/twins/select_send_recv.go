// SPDX-License-Identifier: MIT

//go:build ignore

// One select that either sends the next number or is told to stop.
package main

import "fmt"

func fibonacci(c chan<- int, quit <-chan bool, done chan<- int) {
	x, y := 0, 1
	sent := 0
	for {
		select {
		case c <- x:
			x, y = y, x+y
			sent++
		case <-quit:
			done <- sent
			return
		}
	}
}

func main() {
	c := make(chan int)
	quit := make(chan bool)
	done := make(chan int)
	go fibonacci(c, quit, done)

	for i := 0; i < 10; i++ {
		fmt.Println(<-c)
	}
	quit <- true
	fmt.Println("sent", <-done, "numbers")
}
