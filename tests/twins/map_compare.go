// SPDX-License-Identifier: MIT

// sync.Map: compare and swap, compare and delete.
package main

import (
	"fmt"
	"sync"
)

var m sync.Map

func swap(key string, old, new int) {
	r := m.CompareAndSwap(key, old, new)
	fmt.Printf("swap %s %d %d: %t\n", key, old, new, r)
}

func remove(key string, old int) {
	r := m.CompareAndDelete(key, old)
	fmt.Printf("delete %s %d: %t\n", key, old, r)
}

func main() {
	swap("a", 0, 1)
	remove("a", 0)
	m.Store("a", 1)
	swap("a", 2, 3)
	swap("a", 1, 2)
	swap("a", 2, 2)
	swap("b", 2, 3)
	remove("a", 1)
	remove("b", 2)
	remove("a", 2)
	remove("a", 2)
	swap("a", 2, 3)
	_, ok := m.Load("a")
	fmt.Printf("there: %t\n", ok)
}
