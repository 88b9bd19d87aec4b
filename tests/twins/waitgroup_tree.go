// SPDX-License-Identifier: MIT

//go:build ignore

// A tree of goroutines: each adds its children to the one group before it is done,
// so the wait lasts until the last leaf.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

var wg sync.WaitGroup
var nodes, leaves atomic.Int32
var labels atomic.Int64

func grow(label int64, depth int) {
	nodes.Add(1)
	labels.Add(label)
	if depth == 0 {
		leaves.Add(1)
		return
	}
	for child := int64(0); child < 3; child++ {
		wg.Go(func() { grow(label*3+child, depth-1) })
	}
}

func main() {
	for depth := 0; depth <= 6; depth += 2 {
		nodes.Store(0)
		leaves.Store(0)
		labels.Store(0)
		wg.Go(func() { grow(1, depth) })
		wg.Wait()
		fmt.Printf("depth %d: nodes %d leaves %d labels %d\n", depth, nodes.Load(), leaves.Load(),
			labels.Load())
	}
}
