// SPDX-License-Identifier: MIT

// Skynet: a tree of goroutines, ten children each, sums its leaves' numbers.
package main

import (
	"goroutine.bench/report"
)

const children = 10

func node(up chan<- int, first, leaves int) {
	if leaves == 1 {
		up <- first
		return
	}
	sums := make(chan int)
	part := leaves / children
	for i := range children {
		go node(sums, first+i*part, part)
	}
	sum := 0
	for range children {
		sum += <-sums
	}
	up <- sum
}

func main() {
	n := report.Count()
	root := make(chan int)
	start := report.Start()
	go node(root, 0, n)
	sum := <-root
	report.Millis("skynet", start)
	if sum != n*(n-1)/2 {
		report.Fail("skynet: wrong sum %d", sum)
	}
}
