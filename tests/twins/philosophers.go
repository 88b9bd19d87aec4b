// SPDX-License-Identifier: MIT

//go:build ignore

// Five philosophers share five forks; taking the lower fork first, they never
// starve each other.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

const seats, meals = 5, 100

var forks [seats]sync.Mutex
var inUse [seats]int // how many hold each fork: guarded by the fork itself

func dine(seat int, eaten, clashes *int) {
	first := min(seat, (seat+1)%seats)
	second := max(seat, (seat+1)%seats)
	for i := 0; i < meals; i++ {
		forks[first].Lock()
		forks[second].Lock()
		inUse[first]++
		inUse[second]++
		runtime.Gosched() // chew
		if inUse[first] != 1 || inUse[second] != 1 {
			*clashes++
		}
		inUse[first]--
		inUse[second]--
		*eaten++
		forks[second].Unlock()
		forks[first].Unlock()
	}
}

func main() {
	var eaten, clashes [seats]int
	var wg sync.WaitGroup
	for seat := 0; seat < seats; seat++ {
		wg.Go(func() { dine(seat, &eaten[seat], &clashes[seat]) })
	}
	wg.Wait()
	for seat := 0; seat < seats; seat++ {
		fmt.Printf("philosopher %d ate %d times, clashes %d\n", seat, eaten[seat], clashes[seat])
	}
}
