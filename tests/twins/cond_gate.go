// SPDX-License-Identifier: MIT

//go:build ignore

// A gate that opens and shuts: a broadcast lets through those who wait now, and
// those who come later wait for the next.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

const visitors = 5

type gate struct {
	mu                           sync.Mutex
	opened                       *sync.Cond
	generation, waiting, through int
}

func (g *gate) pass(times int) {
	for i := 0; i < times; i++ {
		g.mu.Lock()
		now := g.generation
		g.waiting++
		for g.generation == now {
			g.opened.Wait()
		}
		g.through++
		g.mu.Unlock()
	}
}

// open waits until n are at the gate and n times round are through.
func (g *gate) open(n, before int) {
	for done := false; !done; runtime.Gosched() {
		g.mu.Lock()
		if g.waiting == n && g.through == before {
			fmt.Printf("opened for %d, %d before them\n", g.waiting, g.through)
			g.waiting = 0
			g.generation++
			g.opened.Broadcast()
			done = true
		}
		g.mu.Unlock()
	}
}

func main() {
	var g gate
	g.opened = sync.NewCond(&g.mu)
	var wg sync.WaitGroup
	for i := 1; i <= visitors; i++ {
		wg.Go(func() { g.pass(i) })
	}
	before := 0
	for n := visitors; n >= 1; n-- {
		g.open(n, before)
		before += n
	}
	wg.Wait()
	fmt.Printf("through %d, generation %d\n", g.through, g.generation)
}
