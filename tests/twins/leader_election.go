// SPDX-License-Identifier: MIT

//go:build ignore

// A ring elects the member with the highest number: smaller numbers are swallowed,
// one's own that comes back round means victory.
package main

import (
	"fmt"
	"sync"
)

const members = 9

type message struct {
	number  int
	elected bool
}

func member(number int, in <-chan message, out chan<- message, leader *int) {
	out <- message{number, false}
	for m := range in {
		switch {
		case m.elected:
			*leader = m.number
			if m.number != number {
				out <- m
			}
			return
		case m.number > number:
			out <- m
		case m.number == number:
			out <- message{number, true}
		}
	}
}

func elect(numbers ...int) {
	var links [members]chan message
	leaders := make([]int, members)
	for i := range links {
		links[i] = make(chan message, members)
	}
	var wg sync.WaitGroup
	for i, n := range numbers {
		wg.Go(func() { member(n, links[i], links[(i+1)%members], &leaders[i]) })
	}
	wg.Wait()
	for i, leader := range leaders {
		if i > 0 {
			fmt.Print(" ")
		}
		fmt.Print(leader)
	}
	fmt.Println()
}

func main() {
	elect(3, 9, 4, 1, 7, 2, 8, 6, 5)
	elect(1, 2, 3, 4, 5, 6, 7, 8, 9)
	elect(90, 80, 70, 60, 50, 40, 30, 20, 10)
}
