// SPDX-License-Identifier: MIT

//go:build ignore

// The number of processors: set, asked for, and work done with each.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

func count(slot *int, n int) {
	for i := 0; i < n; i++ {
		*slot += i & 3
	}
}

func work() {
	var slots [4]int
	var wg sync.WaitGroup
	for i := range slots {
		wg.Go(func() { count(&slots[i], 100*(i+1)) })
	}
	wg.Wait()
	fmt.Printf("%d procs: %d %d %d %d\n", runtime.GOMAXPROCS(0), slots[0], slots[1], slots[2],
		slots[3])
}

func main() {
	runtime.GOMAXPROCS(2)
	fmt.Println("was", runtime.GOMAXPROCS(5))
	fmt.Println("asked", runtime.GOMAXPROCS(0))
	fmt.Println("asked", runtime.GOMAXPROCS(-3))
	for n := 1; n <= 6; n += 5 {
		runtime.GOMAXPROCS(n)
		work()
	}
}
