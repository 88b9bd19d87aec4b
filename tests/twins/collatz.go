// SPDX-License-Identifier: MIT

//go:build ignore

// Which number below 3000 takes the most steps to one?  Workers take ranges from a
// shared counter and agree on the best under a lock.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

const below, span, workers = 3000, 64, 5

var next atomic.Int64
var mu sync.Mutex
var best, bestSteps, highest int64 // mu

func steps(n int64, peak *int64) int64 {
	count := int64(0)
	for ; n != 1; count++ {
		if n%2 == 1 {
			n = 3*n + 1
		} else {
			n /= 2
		}
		*peak = max(*peak, n)
	}
	return count
}

func worker() {
	for {
		from := next.Add(span) - span + 1
		if from >= below {
			return
		}
		mine, mineSteps, peak := int64(0), int64(-1), int64(0)
		for n := from; n < from+span && n < below; n++ {
			if s := steps(n, &peak); s > mineSteps {
				mine, mineSteps = n, s
			}
		}
		mu.Lock()
		if mineSteps > bestSteps || (mineSteps == bestSteps && mine < best) {
			best, bestSteps = mine, mineSteps
		}
		highest = max(highest, peak)
		mu.Unlock()
	}
}

func main() {
	var wg sync.WaitGroup
	for i := 0; i < workers; i++ {
		wg.Go(worker)
	}
	wg.Wait()
	fmt.Printf("%d takes %d steps; the highest number seen is %d\n", best, bestSteps, highest)
}
