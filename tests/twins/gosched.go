// SPDX-License-Identifier: MIT

//go:build ignore

// Goroutines that take turns by yielding until it is theirs: on one processor,
// nobody would ever get a turn without the yield.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

const players, rounds = 3, 4

var turn atomic.Int32

func play(id int32) {
	for round := int32(0); round < rounds; round++ {
		for turn.Load() != round*players+id {
			runtime.Gosched()
		}
		fmt.Println("round", round, "player", id)
		turn.Add(1)
	}
}

func main() {
	runtime.GOMAXPROCS(1)
	var wg sync.WaitGroup
	for id := int32(players - 1); id >= 0; id-- {
		wg.Go(func() { play(id) })
	}
	wg.Wait()
	fmt.Println("turns taken", turn.Load())
}
