// SPDX-License-Identifier: MIT

//go:build ignore

// A mutex is not owned: each runner unlocks what another one has locked, and so
// the baton goes round.
package main

import (
	"fmt"
	"sync"
)

const runners, laps = 4, 3

var start [runners]sync.Mutex

func run(me int) {
	for lap := 1; lap <= laps; lap++ {
		start[me].Lock()
		fmt.Println("lap", lap, "runner", me)
		start[(me+1)%runners].Unlock()
	}
}

func main() {
	for i := range start {
		start[i].Lock()
	}
	var wg sync.WaitGroup
	for i := runners - 1; i >= 0; i-- {
		wg.Go(func() { run(i) })
	}
	start[0].Unlock()
	wg.Wait()
	fmt.Println("the last one left it open:", start[0].TryLock())
}
