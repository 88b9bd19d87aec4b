// SPDX-License-Identifier: MIT

//go:build ignore

// A goroutine that recurses deep.  Every frame points to the one before it; the
// deepest walks all the way back.
package main

import "fmt"

type frame struct {
	value int
	outer *frame
}

func walk(f *frame) int {
	sum := 0
	for ; f != nil; f = f.outer {
		sum += f.value
	}
	return sum
}

func dive(depth int, outer *frame) int {
	here := frame{depth, outer}
	if depth == 0 {
		return walk(&here)
	}
	return dive(depth-1, &here) + here.value%2
}

func diver(depth int, out chan<- int) {
	out <- dive(depth, nil)
}

func main() {
	out := make(chan int)
	for _, depth := range []int{0, 10, 1000, 100000} {
		go diver(depth, out)
		fmt.Println("depth", depth, "result", <-out)
	}
}
