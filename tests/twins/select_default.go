// SPDX-License-Identifier: MIT

//go:build ignore

// A select with a default never waits.
package main

import "fmt"

func put(c chan int, v int) {
	select {
	case c <- v:
		fmt.Println("put", v)
	default:
		fmt.Println("no room for", v)
	}
}

func take(c chan int) {
	select {
	case v, ok := <-c:
		fmt.Println("took", v, ok)
	default:
		fmt.Println("nothing there")
	}
}

func main() {
	c := make(chan int, 2)
	take(c)
	put(c, 1)
	put(c, 2)
	put(c, 3)
	take(c)
	take(c)
	take(c)
	close(c)
	take(c)
}
