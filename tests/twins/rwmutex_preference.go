// SPDX-License-Identifier: MIT

//go:build ignore

// A writer that waits stops new readers; its unlock lets them in before the next writer.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

var (
	m     sync.RWMutex
	value int
)

func main() {
	var wg sync.WaitGroup
	m.RLock()
	wg.Add(2)
	go func() {
		m.Lock()
		fmt.Println("writer 1 finds", value)
		value = 1
		m.Unlock()
		wg.Done()
	}()
	for m.TryRLock() { // until the writer waits
		m.RUnlock()
		runtime.Gosched()
	}
	go func() {
		m.RLock()
		fmt.Println("reader finds", value)
		m.RUnlock()
		wg.Done()
	}()
	time.Sleep(time.Millisecond)
	fmt.Println("first reader leaves, value", value)
	m.RUnlock()
	wg.Wait()
}
