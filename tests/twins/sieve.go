// SPDX-License-Identifier: MIT

//go:build ignore

// Prime sieve: every prime is a goroutine that drops its own multiples.
package main

import "fmt"

// generate sends 2, 3, 4, ... for ever.
func generate(out chan<- int) {
	for i := 2; ; i++ {
		out <- i
	}
}

// filter passes on what prime does not divide.
func filter(in <-chan int, out chan<- int, prime int) {
	for {
		if i := <-in; i%prime != 0 {
			out <- i
		}
	}
}

func main() {
	c := make(chan int)
	go generate(c)

	for i := 0; i < 30; i++ {
		prime := <-c
		fmt.Println(prime)
		next := make(chan int)
		go filter(c, next, prime)
		c = next
	}
} // the program ends with main, whatever the goroutines do
