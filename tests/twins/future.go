// SPDX-License-Identifier: MIT

//go:build ignore

// Start computations now, ask for the results when they are needed.
package main

import "fmt"

// A future delivers one value; its buffer lets the computation end early.
type future chan uint64

func power(base, exponent, modulus uint64, f future) {
	result := uint64(1)
	for ; exponent > 0; exponent /= 2 {
		if exponent%2 == 1 {
			result = result * base % modulus
		}
		base = base * base % modulus
	}
	f <- result
}

func powerLater(base, exponent, modulus uint64) future {
	f := make(future, 1)
	go power(base, exponent, modulus, f)
	return f
}

func main() {
	a := powerLater(2, 1000000, 1000003)
	b := powerLater(3, 123456789, 998244353)
	c := powerLater(5, 1<<40, 1000000007)

	fmt.Println("c", <-c)
	fmt.Println("b", <-b)
	fmt.Println("a", <-a)
}
