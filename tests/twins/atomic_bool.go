// SPDX-License-Identifier: MIT

//go:build ignore

// A flag that exactly one of many raises, and a lamp that everybody switches.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

var raised, lamp atomic.Bool
var winners, switchedOn, switchedOff atomic.Int32

func visitor() {
	if raised.CompareAndSwap(false, true) {
		winners.Add(1)
	}
	for i := 0; i < 100; i++ {
		was := lamp.Load()
		if !lamp.CompareAndSwap(was, !was) {
			i--
		} else if was {
			switchedOff.Add(1)
		} else {
			switchedOn.Add(1)
		}
	}
}

func main() {
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Go(visitor)
	}
	wg.Wait()
	fmt.Println("winners", winners.Load())
	fmt.Println("on", switchedOn.Load(), "off", switchedOff.Load())
	fmt.Println("lamp", lamp.Load())
	lamp.Store(true)
	fmt.Println("was", lamp.Swap(false))
	fmt.Println("was", lamp.Swap(false))
}
