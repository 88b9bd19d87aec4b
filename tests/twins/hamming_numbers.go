// SPDX-License-Identifier: MIT

//go:build ignore

// The numbers with no other factors than 2, 3 and 5, in order: the stream is fed
// back to itself, multiplied, and merged.
package main

import "fmt"

const count = 40

func multiply(by int64, in <-chan int64, out chan<- int64) {
	for v := range in {
		out <- by * v
	}
	close(out)
}

func main() {
	factors := [3]int64{2, 3, 5}
	var in, out [3]chan int64
	var head [3]int64
	for i, f := range factors {
		in[i] = make(chan int64, count) // the stream grows faster than it is used up
		out[i] = make(chan int64)
		go multiply(f, in[i], out[i])
		in[i] <- 1
		head[i] = <-out[i]
	}
	fmt.Print(1)
	for n := 1; n < count; n++ {
		v := min(head[0], head[1], head[2])
		if n%10 == 0 {
			fmt.Print("\n", v)
		} else {
			fmt.Print(" ", v)
		}
		for i := range factors {
			in[i] <- v
			if head[i] == v {
				head[i] = <-out[i]
			}
		}
	}
	fmt.Println()
	for i, f := range factors {
		close(in[i])
		left := 0
		for range out[i] {
			left++
		}
		fmt.Printf("left of %d: %d\n", f, left)
	}
}
