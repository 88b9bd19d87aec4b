// SPDX-License-Identifier: MIT

//go:build ignore

// Read and write locks held by a scope are given back when a panic leaves it.
package main

import (
	"fmt"
	"sync"
)

var (
	rw    sync.RWMutex
	table [3]int
)

func readAt(i int) {
	rw.RLock()
	defer rw.RUnlock()
	if i >= 3 {
		panic(fmt.Sprintf("no row %d", i))
	}
	fmt.Printf("row %d is %d\n", i, table[i])
}

func writeAt(i, v int) {
	rw.Lock()
	defer rw.Unlock()
	if v < 0 {
		panic(fmt.Sprintf("row %d cannot be %d", i, v))
	}
	table[i] = v
}

func recovered(f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(r)
		}
	}()
	f()
}

func main() {
	for i := range 5 {
		v := 10 * i
		if i == 3 {
			v = -1
		}
		recovered(func() { writeAt(i%3, v) })
	}
	for i := range 4 {
		recovered(func() { readAt(i) })
	}
	fmt.Println("unlocked:", rw.TryLock())
}
