// SPDX-License-Identifier: MIT

//go:build ignore

// All ways to place queens, one goroutine for every place in the first two rows.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

var solutions atomic.Int32

func place(n int, columns, left, right uint) int32 {
	all := uint(1)<<n - 1
	if columns == all {
		return 1
	}
	count := int32(0)
	for free := all &^ (columns | left | right); free != 0; free &= free - 1 {
		bit := free & -free
		count += place(n, columns|bit, (left|bit)<<1, (right|bit)>>1)
	}
	return count
}

func branch(n int, first, second uint) {
	left, right := (first<<1|second)<<1, (first>>1|second)>>1
	solutions.Add(place(n, first|second, left, right))
}

func main() {
	for n := 4; n <= 8; n++ {
		var wg sync.WaitGroup
		solutions.Store(0)
		for a := uint(1); a < 1<<n; a <<= 1 {
			for b := uint(1); b < 1<<n; b <<= 1 {
				if a != b && a != b<<1 && a != b>>1 {
					wg.Go(func() { branch(n, a, b) })
				}
			}
		}
		wg.Wait()
		fmt.Printf("%d queens: %d\n", n, solutions.Load())
	}
}
