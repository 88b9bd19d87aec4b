// SPDX-License-Identifier: MIT

//go:build ignore

// What a reader and a writer can have at once while the lock is free, read and written.
package main

import (
	"fmt"
	"sync"
)

var m sync.RWMutex

func show(state string) {
	r := m.TryRLock()
	if r {
		m.RUnlock()
	}
	w := m.TryLock()
	if w {
		m.Unlock()
	}
	fmt.Printf("%s: read %v write %v\n", state, r, w)
}

func main() {
	show("free")
	m.RLock()
	show("one reader")
	m.RLock()
	show("two readers")
	m.RUnlock()
	m.RUnlock()
	show("none")
	m.Lock()
	show("a writer")
	m.Unlock()
	show("free again")
}
