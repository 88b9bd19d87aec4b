// SPDX-License-Identifier: MIT

// sync.Map: store, load, delete, swap; missing keys.
package main

import (
	"fmt"
	"sync"
)

func show(m *sync.Map, key string) {
	if v, ok := m.Load(key); ok {
		fmt.Printf("%s = %d\n", key, v)
	} else {
		fmt.Printf("%s missing\n", key)
	}
}

func text(v any) string {
	if v != nil {
		return "a value"
	}
	return "nil"
}

func main() {
	var m sync.Map
	m.Store("one", 1)
	m.Store("two", 2)
	m.Store("three", 3)
	show(&m, "one")
	show(&m, "two")
	show(&m, "four")
	m.Store("two", 22)
	show(&m, "two")
	m.Delete("one")
	m.Delete("one")
	show(&m, "one")

	old, loaded := m.Swap("three", 33)
	fmt.Printf("swap three: %d %t\n", old, loaded)
	old, loaded = m.Swap("five", 5)
	fmt.Printf("swap five: %s %t\n", text(old), loaded)
	old, found := m.LoadAndDelete("five")
	fmt.Printf("load and delete five: %d %t\n", old, found)
	old, found = m.LoadAndDelete("five")
	fmt.Printf("load and delete five: %s %t\n", text(old), found)
	show(&m, "three")
	show(&m, "five")
}
