// SPDX-License-Identifier: MIT

//go:build ignore

// Goroutines that speak in turn: each waits until it is its number.
package main

import (
	"fmt"
	"sync"
)

const (
	speakers = 4
	rounds   = 3
)

func main() {
	var m sync.Mutex
	var wg sync.WaitGroup
	changed := sync.NewCond(&m)
	turn := 0
	for id := speakers - 1; id >= 0; id-- {
		wg.Go(func() {
			for i := 0; i < rounds; i++ {
				m.Lock()
				for turn%speakers != id {
					changed.Wait()
				}
				fmt.Println("round", i, "speaker", id)
				turn++
				changed.Broadcast()
				m.Unlock()
			}
		})
	}
	wg.Wait()
	fmt.Println("turns", turn)
}
