// SPDX-License-Identifier: MIT

//go:build ignore

// When both sides are ready all the time, each is chosen about half of the time.
package main

import "fmt"

const rounds = 10000

func aboutHalf(n int) string {
	if n > rounds*45/100 && n < rounds*55/100 {
		return "about half"
	}
	return "not half"
}

func main() {
	a, b := make(chan int, 1), make(chan int, 1)
	var chosen [2]int
	a <- 0
	b <- 1
	for i := 0; i < rounds; i++ {
		select {
		case v := <-a:
			chosen[0]++
			a <- v
		case v := <-b:
			chosen[1]++
			b <- v
		}
	}
	fmt.Printf("first: %s, second: %s\n", aboutHalf(chosen[0]), aboutHalf(chosen[1]))

	in := 0
	for i := 0; i < rounds; i++ {
		select {
		case <-a:
			in++
		case a <- 5:
			// the next one can only receive
		}
	}
	fmt.Println("in and out of one channel:", aboutHalf(in))
}
