// SPDX-License-Identifier: MIT

//go:build ignore

// Sort numbers by sleeping for as long as each is large.
package main

import (
	"fmt"
	"time"
)

func sleeper(n int, out chan<- int) {
	time.Sleep(time.Duration(n) * 250 * time.Millisecond)
	out <- n
}

func main() {
	numbers := []int{4, 1, 3, 0, 2}
	out := make(chan int, len(numbers))
	for _, n := range numbers {
		go sleeper(n, out)
	}
	for range numbers {
		fmt.Println(<-out)
	}
}
