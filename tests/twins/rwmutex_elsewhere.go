// SPDX-License-Identifier: MIT

//go:build ignore

// Locked by one goroutine and unlocked by another, as readers and as writer.
package main

import (
	"fmt"
	"sync"
)

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

func main() {
	var m sync.RWMutex
	done := make(chan int)
	leave := func(writer bool) {
		if writer {
			m.Unlock()
		} else {
			m.RUnlock()
		}
		done <- 1
	}
	for i := 0; i < 3; i++ {
		m.RLock()
	}
	for i := 0; i < 3; i++ {
		fmt.Printf("readers %d: writer %d\n", 3-i, number(m.TryLock()))
		go leave(false)
		<-done
	}
	fmt.Printf("readers 0: writer %d\n", number(m.TryLock()))
	fmt.Printf("reader beside it %d\n", number(m.TryRLock()))
	go leave(true)
	<-done
	fmt.Printf("reader after it %d\n", number(m.TryRLock()))
	m.RUnlock()
}
