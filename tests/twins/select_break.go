// SPDX-License-Identifier: MIT

//go:build ignore

// Leaving a loop from inside a select, and a break that leaves only the select.
package main

import "fmt"

func feed(items chan<- int, quit chan<- bool) {
	for i := 1; i <= 6; i++ {
		items <- i
	}
	close(quit)
}

func main() {
	items, quit := make(chan int), make(chan bool)
	go feed(items, quit)
	odd, rounds := 0, 0
out:
	for {
		rounds++
		var v int
		select {
		case v = <-items:
			if v%2 == 0 {
				break // out of the select
			}
			odd += v
			continue
		case <-quit:
			break out
		}
		fmt.Println(v, "is even")
	}
	fmt.Println("odd ones", odd, "after", rounds, "rounds")
}
