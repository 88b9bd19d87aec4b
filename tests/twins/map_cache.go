// SPDX-License-Identifier: MIT

// sync.Map as a cache: each entry is made once, however many ask for it at once.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

const (
	askers  = 10
	numbers = 15
)

type entry struct {
	once      sync.Once
	n, result uint64
}

var (
	made  atomic.Int32
	cache sync.Map
)

func (e *entry) compute() {
	made.Add(1)
	e.result = 1
	for i := uint64(2); i <= e.n; i++ {
		e.result *= i
	}
}

func factorial(n uint64) uint64 {
	v, _ := cache.LoadOrStore(n, &entry{n: n})
	e := v.(*entry)
	e.once.Do(e.compute)
	return e.result
}

func main() {
	var sums [askers]uint64
	var wg sync.WaitGroup
	for i := range askers {
		wg.Go(func() {
			for n := range uint64(numbers) {
				sums[i] += factorial(n)
			}
		})
	}
	wg.Wait()
	for i, sum := range sums {
		fmt.Printf("%d: %d\n", i, sum)
	}
	fmt.Printf("made %d\n", made.Load())
}
