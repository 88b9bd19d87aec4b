// SPDX-License-Identifier: MIT

//go:build ignore

// Merge sort by streams: each half is sorted by a goroutine that sends it in order.
package main

import "fmt"

func sort(a []int, out chan<- int) {
	defer close(out)
	if len(a) == 1 {
		out <- a[0]
		return
	}
	left, right := make(chan int, 1), make(chan int, 1)
	go sort(a[:len(a)/2], left)
	go sort(a[len(a)/2:], right)
	l, moreL := <-left
	r, moreR := <-right
	for moreL || moreR {
		if moreL && (!moreR || l <= r) {
			out <- l
			l, moreL = <-left
		} else {
			out <- r
			r, moreR = <-right
		}
	}
}

func main() {
	var a [60]int
	seed := uint32(7)
	for i := range a {
		seed = seed*1664525 + 1013904223
		a[i] = int(seed >> 24)
	}
	out := make(chan int)
	go sort(a[:], out)
	i := 0
	for v := range out {
		i++
		if i%10 == 0 {
			fmt.Println(v)
		} else {
			fmt.Print(v, " ")
		}
	}
}
