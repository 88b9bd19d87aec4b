// SPDX-License-Identifier: MIT

//go:build ignore

// A token goes round a ring of goroutines and loses one at every hop.
package main

import "fmt"

const nodes = 100

func node(id int, in <-chan int, out chan<- int, winner chan<- int) {
	for token := range in {
		if token == 0 {
			winner <- id
		} else {
			out <- token - 1
		}
	}
}

func main() {
	var ring [nodes]chan int
	for i := range ring {
		ring[i] = make(chan int)
	}
	winner := make(chan int)
	for i := range ring {
		go node(i, ring[i], ring[(i+1)%nodes], winner)
	}

	for _, hops := range []int{0, 1, 99, 100, 1234, 5678} {
		ring[0] <- hops
		fmt.Printf("after %d hops the token is at node %d\n", hops, <-winner)
	}
	for _, c := range ring {
		close(c)
	}
}
