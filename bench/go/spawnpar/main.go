// SPDX-License-Identifier: MIT

// Spawn and exit in parallel: one spawner per P, each with a WaitGroup.
package main

import (
	"runtime"
	"sync"

	"goroutine.bench/report"
)

func leaf(wg *sync.WaitGroup) {
	wg.Done()
}

func spawner(n int, all *sync.WaitGroup) {
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		go leaf(&wg)
	}
	wg.Wait()
	all.Done()
}

func main() {
	procs := runtime.GOMAXPROCS(0)
	each := report.Count() / procs
	var all sync.WaitGroup
	start := report.Start()
	for range procs {
		all.Add(1)
		go spawner(each, &all)
	}
	all.Wait()
	report.PerOp("spawnpar", start, each*procs)
}
