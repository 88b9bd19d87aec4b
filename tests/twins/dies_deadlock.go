// SPDX-License-Identifier: MIT

//go:build ignore

// A ring of goroutines that each wait for the one before: when the token is lost,
// all are asleep, and the program says so.
package main

import "fmt"

const members = 4

func member(id int, in <-chan int, out chan<- int) {
	for token := range in {
		fmt.Println("member", id, "token", token)
		if token < 9 { // the next is lost
			out <- token + 1
		}
	}
}

func main() {
	var ring [members]chan int
	for i := range ring {
		ring[i] = make(chan int)
	}
	for i := 1; i < members; i++ {
		go member(i, ring[i-1], ring[i])
	}
	ring[0] <- 1
	member(0, ring[members-1], ring[0])
}
