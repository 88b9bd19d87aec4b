// SPDX-License-Identifier: MIT

//go:build ignore

// Channels and values of a select are evaluated once, in the order of the source,
// before anything is chosen: also those of cases that are not.
package main

import "fmt"

func channel(name string, c chan int) chan int {
	fmt.Println("channel", name)
	return c
}

func value(v int) int {
	fmt.Println("value", v)
	return v
}

func main() {
	full, empty := make(chan int, 1), make(chan int, 1)
	var null chan int
	full <- 7
	select {
	case channel("full", full) <- value(1):
		fmt.Println("wrong")
	case <-channel("empty", empty):
		fmt.Println("wrong")
	case channel("nil", null) <- value(2):
		fmt.Println("wrong")
	case v := <-channel("full", full):
		fmt.Println("received", v)
	default:
		fmt.Println("wrong")
	}
	select {
	case channel("empty", empty) <- value(3):
		fmt.Println("sent", <-empty)
	case <-channel("full", full):
		fmt.Println("wrong")
	}
}
