// SPDX-License-Identifier: MIT

//go:build ignore

// Merge two streams: a stream that has ended is set to nil, and a nil channel
// is never chosen.
package main

import "fmt"

func count(from, to int, c chan<- int) {
	for i := from; i < to; i++ {
		c <- i
	}
	close(c)
}

func main() {
	small := make(chan int)
	large := make(chan int)
	go count(0, 10, small)
	go count(100, 150, large)

	smallSum, largeSum := 0, 0
	for small != nil || large != nil {
		select {
		case v, ok := <-small:
			smallSum += v
			if !ok {
				small = nil
			}
		case v, ok := <-large:
			largeSum += v
			if !ok {
				large = nil
			}
		}
	}
	fmt.Println("small sum", smallSum)
	fmt.Println("large sum", largeSum)
}
