// SPDX-License-Identifier: MIT

//go:build ignore

// A tree of goroutines, ten children each; the leaves send their numbers up and
// every node sends the sum of its children.
package main

import "fmt"

const children = 10

func node(up chan<- int, first, leaves int) {
	if leaves == 1 {
		up <- first
		return
	}
	c := make(chan int)
	share := leaves / children
	for i := 0; i < children; i++ {
		go node(c, first+i*share, share)
	}
	sum := 0
	for i := 0; i < children; i++ {
		sum += <-c
	}
	up <- sum
}

func main() {
	c := make(chan int)
	for _, leaves := range []int{1, 10, 1000, 10000} {
		go node(c, 0, leaves)
		fmt.Println(leaves, "leaves, sum", <-c)
	}
}
