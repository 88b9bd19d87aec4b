// SPDX-License-Identifier: MIT

//go:build ignore

// One wait group used for round after round, several that wait for it at once, and
// a wait for nothing.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

var done, seen int32

func work(wg *sync.WaitGroup, n int) {
	atomic.AddInt32(&done, int32(n))
	wg.Done()
}

func watch(wg *sync.WaitGroup, all int32) {
	wg.Wait()
	if atomic.LoadInt32(&done) == all {
		atomic.AddInt32(&seen, 1)
	}
}

func main() {
	var wg, watchers sync.WaitGroup
	wg.Wait()
	fmt.Println("nothing to wait for")
	all := int32(0)
	for round := 1; round <= 4; round++ {
		wg.Add(2 * round)
		all += int32(2 * round * round)
		for i := 0; i < 3; i++ {
			watchers.Go(func() { watch(&wg, all) })
		}
		for i := 0; i < 2*round; i++ {
			go work(&wg, round)
		}
		wg.Wait()
		now := atomic.LoadInt32(&done)
		watchers.Wait()
		fmt.Println("round", round, "done", now, "seen by", atomic.SwapInt32(&seen, 0))
	}
}
