// SPDX-License-Identifier: MIT

//go:build ignore

// A lock held for a block is given back on every way out of it: the end, break,
// continue, return, goto.
package main

import (
	"fmt"
	"sync"
)

var mu sync.Mutex
var count int

func state() string {
	if !mu.TryLock() {
		return "held"
	}
	mu.Unlock()
	return "free"
}

func byReturn() int {
	mu.Lock()
	defer mu.Unlock()
	fmt.Println("inside:", state())
	count++
	return count
}

func byGoto(v int) int {
	refused := func() bool {
		mu.Lock()
		defer mu.Unlock()
		if v < 0 {
			return true
		}
		count += v
		return false
	}()
	if refused {
		fmt.Println("refused:", state())
		return -1
	}
	return count
}

func main() {
	n := byReturn()
	fmt.Printf("%d: %s\n", n, state())
	fmt.Println(byGoto(5))
	fmt.Println(byGoto(-5))
	for i := 0; i < 4; i++ {
		odd := func() bool {
			mu.Lock()
			defer mu.Unlock()
			if i%2 == 1 {
				return true
			}
			count += 10
			return false
		}()
		if odd {
			continue
		}
		fmt.Printf("round %d: %s, count %d\n", i, state(), count)
	}
	fmt.Println("at the end:", state())
}
