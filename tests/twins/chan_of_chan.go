// SPDX-License-Identifier: MIT

//go:build ignore

// A switchboard: callers get a line of their own over a channel of channels.
package main

import "fmt"

const calls = 6

// operator connects: makes a line, gives one end away and listens at the other.
func operator(exchange chan<- chan int, results chan<- int) {
	for call := 0; call < calls; call++ {
		line := make(chan int)
		exchange <- line
		sum := 0
		for v := range line {
			sum += v
		}
		results <- sum
	}
	close(exchange)
}

func caller(line chan<- int, n int) {
	for i := 1; i <= n; i++ {
		line <- i
	}
	close(line)
}

func main() {
	exchange := make(chan chan int)
	results := make(chan int)
	go operator(exchange, results)
	n := 0
	for line := range exchange {
		n++
		go caller(line, n)
		fmt.Println("call", n, "sum", <-results)
	}
}
