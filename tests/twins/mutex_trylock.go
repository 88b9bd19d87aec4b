// SPDX-License-Identifier: MIT

//go:build ignore

// TryLock of a mutex that is free, held here, and held elsewhere.
package main

import (
	"fmt"
	"sync"
)

var m sync.Mutex

func elsewhere() bool {
	c := make(chan bool)
	go func() {
		got := m.TryLock()
		if got {
			m.Unlock()
		}
		c <- got
	}()
	return <-c
}

func main() {
	fmt.Println("free:", elsewhere())
	fmt.Println("free:", m.TryLock())
	fmt.Println("held:", m.TryLock())
	fmt.Println("held:", elsewhere())
	m.Unlock()
	fmt.Println("free again:", elsewhere())
	m.Lock()
	fmt.Println("held again:", elsewhere())
	m.Unlock()
}
