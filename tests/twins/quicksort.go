// SPDX-License-Identifier: MIT

//go:build ignore

// Quicksort that sorts the two halves side by side.
package main

import (
	"fmt"
	"sync"
)

func partition(a []int) int {
	pivot := a[len(a)-1]
	low := 0
	for i, v := range a {
		if v < pivot {
			a[i], a[low] = a[low], a[i]
			low++
		}
	}
	a[low], a[len(a)-1] = a[len(a)-1], a[low]
	return low
}

func quicksort(a []int) {
	if len(a) < 2 {
		return
	}
	p := partition(a)
	var left sync.WaitGroup
	left.Go(func() { quicksort(a[:p]) })
	quicksort(a[p+1:])
	left.Wait()
}

func main() {
	a := make([]int, 500)
	seed := uint32(1)
	for i := range a {
		seed = seed*1664525 + 1013904223
		a[i] = int(seed >> 20)
	}
	quicksort(a)

	sorted := true
	for i := 1; i < len(a); i++ {
		sorted = sorted && a[i-1] <= a[i]
	}
	fmt.Println("sorted:", sorted)
	for i := 0; i < len(a); i += 50 {
		fmt.Println(i, a[i])
	}
}
