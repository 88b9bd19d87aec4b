// SPDX-License-Identifier: MIT

//go:build ignore

// Workers that meet at a barrier after every phase.
package main

import (
	"fmt"
	"sync"
)

const workers, phases = 4, 5

type barrier struct {
	mu      sync.Mutex
	all     sync.Cond
	waiting int
	phase   int
}

func (b *barrier) wait() {
	b.mu.Lock()
	defer b.mu.Unlock()
	phase := b.phase
	b.waiting++
	if b.waiting == workers {
		b.waiting = 0
		b.phase++
		b.all.Broadcast()
		return
	}
	for b.phase == phase {
		b.all.Wait()
	}
}

// worker adds what all workers wrote in the phase before: wrong sums if
// anybody runs ahead or behind.
func worker(id int, b *barrier, cells *[phases + 1][workers]int) {
	for p := 0; p < phases; p++ {
		sum := 0
		for _, v := range cells[p] {
			sum += v
		}
		cells[p+1][id] = sum + id
		b.wait()
	}
}

func main() {
	var b barrier
	b.all.L = &b.mu
	cells := [phases + 1][workers]int{{1, 1, 1, 1}}
	var wg sync.WaitGroup
	for id := 0; id < workers; id++ {
		wg.Go(func() { worker(id, &b, &cells) })
	}
	wg.Wait()
	for p, row := range cells {
		fmt.Println("phase", p, "cells", row[0], row[1], row[2], row[3])
	}
}
