// SPDX-License-Identifier: MIT

// The concurrent prime sieve: a chain of filters, one for each prime found.
package main

import (
	"goroutine.bench/report"
)

func generate(out chan<- int) {
	for i := 2; ; i++ {
		out <- i
	}
}

func filter(in <-chan int, out chan<- int, prime int) {
	for {
		if v := <-in; v%prime != 0 {
			out <- v
		}
	}
}

func isPrime(v int) bool {
	for d := 2; d*d <= v; d++ {
		if v%d == 0 {
			return false
		}
	}
	return v > 1
}

func main() {
	n := report.Count()
	prime := 0
	start := report.Start()
	in := make(chan int)
	go generate(in)
	for range n {
		prime = <-in
		out := make(chan int)
		go filter(in, out, prime)
		in = out
	}
	report.Millis("sieve", start)
	if !isPrime(prime) {
		report.Fail("sieve: %d is no prime", prime)
	}
}
