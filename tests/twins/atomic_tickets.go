// SPDX-License-Identifier: MIT

//go:build ignore

// A lock made of two counters: a ticket is drawn, and its number waited for.
package main

import (
	"fmt"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
)

const customers, times = 6, 50

type ticketLock struct{ next, serving atomic.Uint32 }

var lock ticketLock
var counter, orderBroken int
var lastServed uint32 = math.MaxUint32 // the lock

func customer() {
	for i := 0; i < times; i++ {
		mine := lock.next.Add(1) - 1
		for lock.serving.Load() != mine {
			runtime.Gosched()
		}
		counter++
		if mine != lastServed+1 {
			orderBroken++
		}
		lastServed = mine
		lock.serving.Add(1)
	}
}

func main() {
	var wg sync.WaitGroup
	for i := 0; i < customers; i++ {
		wg.Go(customer)
	}
	wg.Wait()
	fmt.Printf("served %d, last ticket %d, out of order %d\n", counter, lastServed, orderBroken)
}
