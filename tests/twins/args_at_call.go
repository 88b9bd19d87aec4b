// SPDX-License-Identifier: MIT

//go:build ignore

// The arguments of a go statement are evaluated by the caller, at the call.
package main

import "fmt"

type point struct{ x, y int }

func report(p point, n int, out chan<- int) {
	out <- p.x*100 + p.y*10 + n
}

var calls int

func next() int {
	calls++
	return calls
}

func main() {
	out := make(chan int)
	p := point{1, 2}

	go report(p, next(), out)
	fmt.Println("next was called", calls, "time")
	p.x, p.y = 8, 9 // the goroutine has its own copy
	fmt.Println("first goroutine saw", <-out)

	go report(p, next(), out)
	fmt.Println("next was called", calls, "times")
	fmt.Println("second goroutine saw", <-out)
}
