// SPDX-License-Identifier: MIT

//go:build ignore

// A configuration that is replaced while others read it: what they see is always
// one of the versions, never a mixture, and never an older one than before.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

const count, readers = 50, 4

type config struct{ version, square int }

var versions [count]config
var current atomic.Pointer[config]
var bad atomic.Int32

func reader() {
	for last := 0; last < count-1; {
		c := current.Load()
		if c.square != c.version*c.version || c.version < last {
			bad.Add(1)
		}
		last = c.version
		runtime.Gosched()
	}
}

func main() {
	fmt.Println("at first nil:", current.Load() == nil)
	current.Store(&versions[0])
	var wg sync.WaitGroup
	for i := 0; i < readers; i++ {
		wg.Go(reader)
	}
	for v := 1; v < count; v++ {
		versions[v] = config{v, v * v}
		if !current.CompareAndSwap(&versions[v-1], &versions[v]) {
			fmt.Println("somebody else wrote")
		}
		runtime.Gosched()
	}
	wg.Wait()
	fmt.Println("bad reads", bad.Load())
	fmt.Println("swap of an old one:", current.CompareAndSwap(&versions[0], &versions[1]))
	fmt.Println("last version", current.Swap(nil).version)
}
