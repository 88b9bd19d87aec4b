// SPDX-License-Identifier: MIT

//go:build ignore

// Power series as streams of coefficients.  The series of exp is its own
// integral, so it is made by feeding a stream back into itself.
package main

import "fmt"

const terms = 10

type rat struct{ num, den int64 }

// integral starts with the constant and divides coefficient n by n+1.
func integral(constant rat, in <-chan rat, out chan<- rat) {
	out <- constant
	n := int64(1)
	for c := range in {
		out <- rat{c.num, c.den * n}
		n++
	}
	close(out)
}

// split copies terms coefficients to two readers, then ends both.
func split(in <-chan rat, a, b chan<- rat) {
	for i := 0; i < terms; i++ {
		c := <-in
		a <- c
		b <- c
	}
	close(a)
	close(b)
}

func main() {
	exp := make(chan rat)
	back := make(chan rat)
	whole := make(chan rat)
	go integral(rat{1, 1}, back, whole)
	go split(whole, exp, back)

	sum := 0.0
	n := 0
	for c := range exp {
		fmt.Printf("x^%d: %d/%d\n", n, c.num, c.den)
		sum += float64(c.num) / float64(c.den)
		n++
	}
	for range whole { // the term after the last one: let the integral end
	}
	fmt.Printf("at 1: %.6f\n", sum)
}
