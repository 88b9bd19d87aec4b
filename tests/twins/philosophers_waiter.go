// SPDX-License-Identifier: MIT

//go:build ignore

// Philosophers who ask a waiter: no more than four may sit down at once, so one of
// them always has two forks.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

const seats, meals = 5, 40

var forks [seats]sync.Mutex
var seated, most atomic.Int32

func sit(chairs chan<- bool) {
	chairs <- true
	now := seated.Add(1)
	for old := most.Load(); now > old && !most.CompareAndSwap(old, now); {
		old = most.Load()
	}
}

func rise(chairs <-chan bool) {
	seated.Add(-1)
	<-chairs
}

func dine(seat int, chairs chan bool, eaten *int) {
	for i := 0; i < meals; i++ {
		sit(chairs)
		forks[seat].Lock()
		runtime.Gosched() // the moment in which five would starve
		forks[(seat+1)%seats].Lock()
		*eaten++
		forks[(seat+1)%seats].Unlock()
		forks[seat].Unlock()
		rise(chairs)
	}
}

func main() {
	chairs := make(chan bool, seats-1)
	var eaten [seats]int
	var wg sync.WaitGroup
	for seat := range eaten {
		wg.Go(func() { dine(seat, chairs, &eaten[seat]) })
	}
	wg.Wait()
	for seat, n := range eaten {
		fmt.Println("philosopher", seat, "ate", n, "times")
	}
	fmt.Println("never five:", most.Load() < seats)
}
