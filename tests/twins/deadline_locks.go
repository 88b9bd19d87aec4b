// SPDX-License-Identifier: MIT

//go:build ignore

// Waiting for a lock, but not for ever: too late while another one has it, at once
// when it is free, whatever the time.
package main

import (
	"fmt"
	"sync"
	"time"
)

func word(ok bool) string {
	if ok {
		return "taken"
	}
	return "too late"
}

const soon = 2 * time.Millisecond

// within tries again and again: the locks themselves know no time.
func within(d time.Duration, try func() bool) bool {
	for start := time.Now(); ; time.Sleep(100 * time.Microsecond) {
		if try() {
			return true
		}
		if time.Since(start) >= d {
			return false
		}
	}
}

func mutex() {
	var m sync.Mutex
	fmt.Println("free:", word(within(-time.Hour, m.TryLock)))
	fmt.Println("held:", word(within(soon, m.TryLock)))
	fmt.Println("held, past:", word(within(0, m.TryLock)))
	m.Unlock()
	fmt.Println("free again:", word(within(soon, m.TryLock)))
	m.Unlock()
}

func rwmutex() {
	var m sync.RWMutex
	fmt.Println("reader:", word(within(soon, m.TryRLock)))
	fmt.Println("second reader:", word(within(soon, m.TryRLock)))
	fmt.Println("writer:", word(within(soon, m.TryLock)))
	fmt.Println("reader after him:", word(within(soon, m.TryRLock)))
	for i := 0; i < 3; i++ {
		m.RUnlock()
	}
	fmt.Println("writer:", word(within(soon, m.TryLock)))
	fmt.Println("reader:", word(within(soon, m.TryRLock)))
	m.Unlock()
}

func main() {
	mutex()
	rwmutex()
	var m sync.Mutex
	m.Lock()
	go m.Unlock()
	fmt.Println("handed over:", word(within(time.Hour, m.TryLock)))
}
