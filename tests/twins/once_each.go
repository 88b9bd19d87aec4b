// SPDX-License-Identifier: MIT

//go:build ignore

// A once for every key, and onces that need each other's results.
package main

import (
	"fmt"
	"sync"
)

const keys, askers = 10, 8

type entry struct {
	once      sync.Once
	key, made int
	value     int64
}

var entries [keys]entry

// make is fib(key), from the entries before it.
func (e *entry) make() {
	e.made++
	e.value = int64(e.key)
	if e.key >= 2 {
		e.value = get(e.key-1) + get(e.key-2)
	}
}

func get(key int) int64 {
	e := &entries[key]
	e.once.Do(e.make)
	return e.value
}

func ask(first int, sum *int64) {
	for i := 0; i < keys; i++ {
		*sum += get((first + i*3) % keys)
	}
}

func main() {
	var sums [askers]int64
	for i := range entries {
		entries[i].key = i
	}
	var wg sync.WaitGroup
	for i := range sums {
		wg.Go(func() { ask(i, &sums[i]) })
	}
	wg.Wait()
	made, right := 0, 0
	for i := range entries {
		made += entries[i].made
	}
	for _, sum := range sums {
		if sum == sums[0] {
			right++
		}
	}
	fmt.Printf("made %d, last %d, sum %d, right %d\n", made, get(keys-1), sums[0], right)
}
