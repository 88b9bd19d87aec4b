// SPDX-License-Identifier: MIT

//go:build ignore

// Reading and writing under a lock for a block; every way out gives it back.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

const room = 8

var names = []string{"ada", "bob", "cleo", "dan", "eve", "fay", "gus", "hal", "ida"}

type entry struct {
	name   string
	number int
}

type book struct {
	mu      sync.RWMutex
	entries []entry
}

func (b *book) find(name string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, e := range b.entries {
		if e.name == name {
			return e.number
		}
	}
	return -1
}

func (b *book) add(name string, number int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.entries) == room {
		return false
	}
	b.entries = append(b.entries, entry{name, number})
	return true
}

func (b *book) state() string {
	if !b.mu.TryLock() {
		return "locked"
	}
	b.mu.Unlock()
	return "free"
}

func main() {
	var b book
	var wrong atomic.Int32
	var wg sync.WaitGroup
	for i, name := range names {
		what := "has no room"
		if b.add(name, 100+i) {
			what = "added"
		}
		fmt.Printf("%s %s, %s\n", name, what, b.state())
	}
	for i, name := range names {
		want := 100 + i
		if i >= room {
			want = -1
		}
		wg.Go(func() {
			for j := 0; j < 50; j++ {
				if b.find(name) != want {
					wrong.Add(1)
				}
			}
		})
	}
	wg.Wait()
	fmt.Printf("wrong %d, ida %d, %s\n", wrong.Load(), b.find("ida"), b.state())
}
