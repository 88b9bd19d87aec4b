// SPDX-License-Identifier: MIT

//go:build ignore

// Single items in, batches out: a batch goes when it is full, and at the end.
package main

import "fmt"

const full = 4

func collect(in <-chan int, out chan<- []int) {
	var b []int
	for v := range in {
		b = append(b, v)
		if len(b) == full {
			out <- b
			b = nil
		}
	}
	if len(b) > 0 {
		out <- b
	}
	close(out)
}

func produce(out chan<- int, n int) {
	for i := 1; i <= n; i++ {
		out <- i * i
	}
	close(out)
}

func run(n int) {
	items, batches := make(chan int), make(chan []int, 1)
	go produce(items, n)
	go collect(items, batches)
	count := 0
	for b := range batches {
		count++
		fmt.Printf("batch %d:", count)
		for _, v := range b {
			fmt.Print(" ", v)
		}
		fmt.Println()
	}
	fmt.Printf("%d items in %d batches\n", n, count)
}

func main() {
	run(10)
	run(8)
	run(0)
}
