// SPDX-License-Identifier: MIT

//go:build ignore

// Urgent messages first: one look at the urgent channel alone, then a wait for
// both.
package main

import "fmt"

// next takes an urgent message if there is one, else whatever comes first.
func next(urgent, normal <-chan int) (v int, ok bool) {
	select {
	case v, ok = <-urgent:
		return
	default:
	}
	select {
	case v, ok = <-urgent:
	case v, ok = <-normal:
	}
	return
}

func main() {
	urgent, normal := make(chan int, 8), make(chan int, 8)
	for i := 1; i <= 4; i++ {
		normal <- i
	}
	for i := 101; i <= 103; i++ {
		urgent <- i
	}
	for i := 0; i < 5; i++ {
		v, _ := next(urgent, normal)
		fmt.Println(v)
	}
	urgent <- 104
	for i := 0; i < 2; i++ {
		v, _ := next(urgent, normal)
		fmt.Println(v)
	}
	close(urgent)
	_, ok := next(urgent, normal)
	fmt.Println("closed before the rest:", !ok)
	fmt.Println("left behind:", len(normal))
}
