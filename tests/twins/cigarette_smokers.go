// SPDX-License-Identifier: MIT

//go:build ignore

// Three smokers each have one ingredient without end; the agent lays the other two
// on the table, and only the right one may smoke.
package main

import (
	"fmt"
	"sync"
)

const kinds = 3

var names = [kinds]string{"tobacco", "paper", "matches"}

type table struct {
	mu      sync.Mutex
	changed *sync.Cond
	there   [kinds]bool
	closed  bool
	smoked  [kinds]int
}

func (t *table) allBut(mine int) bool { return t.there[(mine+1)%kinds] && t.there[(mine+2)%kinds] }

func (t *table) smoker(mine int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for {
		for !t.allBut(mine) && !t.closed {
			t.changed.Wait()
		}
		if !t.allBut(mine) {
			return
		}
		t.there[(mine+1)%kinds], t.there[(mine+2)%kinds] = false, false
		t.smoked[mine]++
		fmt.Println("the one with", names[mine], "smokes")
		t.changed.Broadcast()
	}
}

func (t *table) lay(missing int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.there[0] || t.there[1] || t.there[2] {
		t.changed.Wait()
	}
	for kind := range t.there {
		t.there[kind] = kind != missing
	}
	t.changed.Broadcast()
}

func main() {
	var t table
	t.changed = sync.NewCond(&t.mu)
	var wg sync.WaitGroup
	for kind := 0; kind < kinds; kind++ {
		wg.Go(func() { t.smoker(kind) })
	}
	seed := uint32(3)
	for i := 0; i < 10; i++ {
		seed = seed*1664525 + 1013904223
		t.lay(int(seed>>16) % kinds)
	}
	t.mu.Lock()
	t.closed = true
	t.changed.Broadcast()
	t.mu.Unlock()
	wg.Wait()
	for kind, n := range t.smoked {
		fmt.Printf("%s: %d\n", names[kind], n)
	}
}
