// SPDX-License-Identifier: MIT

//go:build ignore

// Sort numbers by sleeping for as long as each is large.  Only time keeps the order, so
// if any arrives late they are sorted once more, with twice the time.
package main

import (
	"fmt"
	"time"
)

func sleeper(d time.Duration, n int, out chan<- int) {
	time.Sleep(d)
	out <- n
}

func sort(unit time.Duration) (sorted []int, inTime bool) {
	numbers := []int{4, 1, 3, 0, 2}
	start := time.Now()
	inTime = true
	out := make(chan int, len(numbers))
	for _, n := range numbers {
		go sleeper(time.Duration(n)*unit, n, out)
	}
	for i := range numbers {
		sorted = append(sorted, <-out)
		if time.Since(start) > time.Duration(i)*unit+unit/2 {
			inTime = false
		}
	}
	return
}

func main() {
	unit := 20 * time.Millisecond
	sorted, inTime := sort(unit)
	for !inTime {
		unit *= 2
		sorted, inTime = sort(unit)
	}
	for _, n := range sorted {
		fmt.Println(n)
	}
}
