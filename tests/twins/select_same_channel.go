// SPDX-License-Identifier: MIT

//go:build ignore

// The same channel in several cases, and as both ends of a buffer.
package main

import "fmt"

func sendAll(c chan<- int, n int) {
	for i := 1; i <= n; i++ {
		c <- i
	}
	close(c)
}

func main() {
	c := make(chan int)
	go sendAll(c, 100)
	sum := 0
	for open := true; open; {
		var x int
		select {
		case x, open = <-c:
		case x, open = <-c:
		case x, open = <-c:
		}
		sum += x
	}
	fmt.Println("sum", sum)

	// Empty it can only be sent to, full only received from.
	one := make(chan int, 1)
	for i := 0; i < 6; i++ {
		select {
		case one <- i:
			fmt.Println("put", i)
		case v := <-one:
			fmt.Println("took", v)
		}
	}
}
