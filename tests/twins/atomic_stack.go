// SPDX-License-Identifier: MIT

//go:build ignore

// A stack without a lock: pushed by compare and swap, taken over as a whole by a
// swap.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

const pushers, each = 6, 100

type node struct {
	next  *node
	value int
}

var top atomic.Pointer[node]

func push(n *node) {
	for {
		n.next = top.Load()
		if top.CompareAndSwap(n.next, n) {
			return
		}
	}
}

func pusher(id int) {
	for i := 0; i < each; i++ {
		push(&node{value: id*1000 + i})
	}
}

func main() {
	var wg sync.WaitGroup
	for id := 0; id < pushers; id++ {
		wg.Go(func() { pusher(id) })
	}

	count, sum, inOrder := 0, 0, true
	for count < pushers*each {
		var last [pushers]int
		for i := range last {
			last[i] = each
		}
		// Of one pusher, the newest comes first.
		for n := top.Swap(nil); n != nil; n = n.next {
			id, i := n.value/1000, n.value%1000
			inOrder = inOrder && i < last[id]
			last[id] = i
			count++
			sum += n.value
		}
		runtime.Gosched()
	}
	wg.Wait()
	fmt.Println("count", count, "sum", sum)
	fmt.Println("last in, first out:", inOrder)
}
