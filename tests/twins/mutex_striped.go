// SPDX-License-Identifier: MIT

//go:build ignore

// A hash table with a lock per stripe: writers of different stripes do not meet.
package main

import (
	"fmt"
	"sync"
)

const stripes, keys, writers, writes = 4, 64, 8, 400

type stripe struct {
	mu     sync.Mutex
	values [keys / stripes]int
}

var table [stripes]stripe

func add(key, n int) {
	s := &table[key%stripes]
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[key/stripes] += n
}

func writer(id int) {
	seed := uint32(id) * 2654435761
	for i := 0; i < writes; i++ {
		seed = seed*1664525 + 1013904223
		add(int(seed>>26), 1)
	}
}

func main() {
	var wg sync.WaitGroup
	for id := 1; id <= writers; id++ {
		wg.Go(func() { writer(id) })
	}
	wg.Wait()
	total := 0
	for s := range table {
		fmt.Printf("stripe %d:", s)
		for _, v := range table[s].values {
			fmt.Print(" ", v)
			total += v
		}
		fmt.Println()
	}
	fmt.Println("total", total)
}
