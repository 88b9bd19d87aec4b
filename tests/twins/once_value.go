// SPDX-License-Identifier: MIT

//go:build ignore

// Values computed at the first use, one needing the other.
package main

import (
	"fmt"
	"sync"
)

var base = sync.OnceValue(func() int {
	fmt.Println("base computed")
	return 21
})

var limits = sync.OnceValues(func() (int, int) {
	fmt.Println("limits computed")
	b := base()
	return b - 1, 2 * b
})

func main() {
	for i := 0; i < 3; i++ {
		low, high := limits()
		fmt.Println(low, high, base())
	}
}
