// SPDX-License-Identifier: MIT

//go:build ignore

// The second result of a receive tells a value from the end, even when the
// value is zero.
package main

import "fmt"

func sendZeros(c chan<- int) {
	c <- 0
	c <- 7
	c <- 0
	close(c)
}

func main() {
	c := make(chan int)
	go sendZeros(c)

	for i := 0; i < 5; i++ {
		v, ok := <-c
		fmt.Println("value", v, "ok", ok)
	}
}
