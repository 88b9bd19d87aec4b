// SPDX-License-Identifier: MIT

// Fan out and join: a spawner on each P starts goroutines by the hundred and
// waits for each hundred.
package main

import (
	"runtime"
	"sync"

	"goroutine.bench/report"
)

const batch = 100

func leaf(wg *sync.WaitGroup) {
	wg.Done()
}

func spawner(batches int, all *sync.WaitGroup) {
	var wg sync.WaitGroup
	for range batches {
		for range batch {
			wg.Add(1)
			go leaf(&wg)
		}
		wg.Wait()
	}
	all.Done()
}

func main() {
	procs := runtime.GOMAXPROCS(0)
	batches := report.Count() / procs / batch
	var all sync.WaitGroup
	start := report.Start()
	for range procs {
		all.Add(1)
		go spawner(batches, &all)
	}
	all.Wait()
	report.PerOp("fanout", start, procs*batches*batch)
}
