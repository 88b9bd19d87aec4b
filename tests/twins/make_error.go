// SPDX-License-Identifier: MIT

//go:build ignore

// Making a channel with an error instead of an end, where the capacity cannot be.
package main

import (
	"fmt"
	"math"
)

type sector [512]byte

func tryMake(n int64) (c chan sector) {
	defer func() { recover() }()
	return make(chan sector, n)
}

func attempt(n int64) {
	c := tryMake(n)
	if c == nil {
		fmt.Printf("%d: no channel, nil %v\n", n, c == nil)
		return
	}
	var s sector
	copy(s[:], "first")
	if n > 0 {
		c <- s
		s = <-c
	}
	fmt.Printf("%d: room for %d, %s\n", n, cap(c), s[:5])
}

func main() {
	attempt(0)
	attempt(3)
	attempt(-1)
	attempt(math.MinInt64)
	attempt(1 << 60)
	attempt(1)
}
