// SPDX-License-Identifier: MIT

//go:build ignore

// Functions as values: sent through a channel, run by a worker, one of them told
// to the worker by another.
package main

import "fmt"

type operation func(int64) int64

func increment(x int64) int64 { return x + 1 }
func square(x int64) int64    { return x * x }
func negate(x int64) int64    { return -x }

func machine(program <-chan operation, results chan<- int64) {
	x := int64(1)
	for f := range program {
		x = f(x)
		results <- x
	}
	close(results)
}

func load(program chan<- operation) {
	for _, f := range []operation{increment, square, increment, negate, square, increment} {
		program <- f
	}
	close(program)
}

func main() {
	program := make(chan operation)
	results := make(chan int64)
	go machine(program, results)
	go load(program)
	for x := range results {
		fmt.Println(x)
	}
}
