// SPDX-License-Identifier: MIT

//go:build ignore

// Readers run together but never see a writer half way.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type pair struct {
	mu   sync.RWMutex
	a, b int
}

var torn atomic.Int32

func (p *pair) write(times int) {
	for i := 0; i < times; i++ {
		p.mu.Lock()
		p.a++
		p.b = -p.a
		p.mu.Unlock()
	}
}

func (p *pair) read(times int) {
	for i := 0; i < times; i++ {
		p.mu.RLock()
		if p.a+p.b != 0 {
			torn.Add(1)
		}
		p.mu.RUnlock()
	}
}

func main() {
	var p pair
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Go(func() { p.write(500) })
	}
	for i := 0; i < 6; i++ {
		wg.Go(func() { p.read(500) })
	}
	wg.Wait()
	fmt.Println("a", p.a, "b", p.b, "torn reads", torn.Load())
}
