// SPDX-License-Identifier: MIT

//go:build ignore

// The distance of two words by a wave: a goroutine for every row passes its cells
// down to the next as soon as they are known.
package main

import "fmt"

func row(letter byte, number int, word string, above <-chan int, below chan<- int) {
	corner, left := <-above, number
	below <- left
	for i := range word {
		up := <-above
		if word[i] != letter {
			corner++
		}
		left = min(up+1, left+1, corner)
		corner = up
		below <- left
	}
}

func firstRow(n int, below chan<- int) {
	for i := 0; i <= n; i++ {
		below <- i
	}
}

func distance(a, b string) {
	above := make(chan int)
	go firstRow(len(b), above)
	for i := range a {
		below := make(chan int)
		go row(a[i], i+1, b, above, below)
		above = below
	}
	last := 0
	for i := 0; i <= len(b); i++ {
		last = <-above
	}
	fmt.Printf("from %s to %s: %d\n", a, b, last)
}

func main() {
	distance("kitten", "sitting")
	distance("saturday", "sunday")
	distance("channel", "channel")
	distance("goroutine", "coroutine")
	distance("wave", "")
}
