// SPDX-License-Identifier: MIT

//go:build ignore

// Stages joined by channels; each closes its output when its input ends.
package main

import "fmt"

func numbers(n int, out chan<- int) {
	for i := 1; i <= n; i++ {
		out <- i
	}
	close(out)
}

func squares(in <-chan int, out chan<- int) {
	for v := range in {
		out <- v * v
	}
	close(out)
}

func odd(in <-chan int, out chan<- int) {
	for v := range in {
		if v%2 == 1 {
			out <- v
		}
	}
	close(out)
}

func main() {
	a := make(chan int)
	b := make(chan int)
	c := make(chan int, 2)
	go numbers(12, a)
	go squares(a, b)
	go odd(b, c)

	for v := range c {
		fmt.Println(v)
	}
}
