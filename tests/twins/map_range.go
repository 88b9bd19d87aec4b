// SPDX-License-Identifier: MIT

// sync.Map: range over all, stop early, delete what is shown, clear.
package main

import (
	"fmt"
	"sync"
)

const keys = 1000

var m sync.Map

func show(what string) {
	n, ks, vs := 0, 0, 0
	m.Range(func(k, v any) bool {
		n++
		ks += k.(int)
		vs += v.(int)
		return true
	})
	fmt.Printf("%s: %d entries, keys %d, values %d\n", what, n, ks, vs)
}

func main() {
	show("empty")
	for i := range keys {
		m.Store(i, i*i)
	}
	show("full")
	n := 0
	m.Range(func(_, _ any) bool {
		n++
		return n < 10
	})
	fmt.Printf("stopped after %d\n", n)
	m.Range(func(k, _ any) bool {
		if k.(int)%2 == 1 {
			m.Delete(k)
		}
		return true
	})
	show("even")
	m.Clear()
	show("clear")
}
