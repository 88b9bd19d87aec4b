// SPDX-License-Identifier: MIT

//go:build ignore

// A queue that never makes its writer wait: when it is full the oldest item is
// thrown away.
package main

import "fmt"

func put(q chan int, v int, dropped *int) {
	for {
		select {
		case q <- v:
			return
		default:
		}
		select {
		case old := <-q:
			fmt.Printf("no room for %d: dropped %d\n", v, old)
			*dropped++
		default:
		}
	}
}

func main() {
	q := make(chan int, 4)
	dropped := 0
	for v := 1; v <= 7; v++ {
		put(q, v, &dropped)
	}
	fmt.Println("read", <-q)
	for v := 8; v <= 9; v++ {
		put(q, v, &dropped)
	}
	close(q)
	for rest := range q {
		fmt.Println("left", rest)
	}
	fmt.Println("dropped in all", dropped)
}
