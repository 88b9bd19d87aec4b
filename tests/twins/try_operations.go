// SPDX-License-Identifier: MIT

//go:build ignore

// Sends and receives that do not wait say why they did nothing.
package main

import "fmt"

func trySend(what string, c chan<- int, v int) {
	select {
	case c <- v:
		fmt.Printf("%s: send %d done\n", what, v)
	default:
		fmt.Printf("%s: send %d would wait\n", what, v)
	}
}

func tryRecv(what string, c <-chan int) {
	select {
	case v, ok := <-c:
		if ok {
			fmt.Printf("%s: received %d\n", what, v)
		} else {
			fmt.Printf("%s: closed, %d\n", what, v)
		}
	default:
		fmt.Printf("%s: receive would wait\n", what)
	}
}

func main() {
	var null chan int
	trySend("nil", null, 1)
	tryRecv("nil", null)

	none := make(chan int)
	trySend("unbuffered", none, 1)
	tryRecv("unbuffered", none)
	close(none)
	tryRecv("unbuffered", none)

	c := make(chan int, 2)
	for v := 1; v <= 3; v++ {
		trySend("buffered", c, v)
	}
	tryRecv("buffered", c)
	close(c)
	tryRecv("buffered", c)
	tryRecv("buffered", c)
}
