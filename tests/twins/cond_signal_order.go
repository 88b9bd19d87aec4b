// SPDX-License-Identifier: MIT

//go:build ignore

// Who waits first is signalled first.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

const waiters = 6

var mu sync.Mutex
var cond = sync.NewCond(&mu)
var waiting int // mu

func waitForIt(id int, woken chan<- int) {
	mu.Lock()
	waiting++
	cond.Wait()
	mu.Unlock()
	woken <- id
}

// untilWaiting returns with the mutex locked and n in the wait.
func untilWaiting(n int) {
	for {
		mu.Lock()
		if waiting == n {
			return
		}
		mu.Unlock()
		runtime.Gosched()
	}
}

func main() {
	woken := make(chan int)
	for id := 1; id <= waiters; id++ {
		go waitForIt(id*11, woken)
		untilWaiting(id)
		mu.Unlock()
	}
	cond.Signal()
	for i := 0; i < waiters; i++ {
		fmt.Println("woken", <-woken)
		cond.Signal() // the last one reaches nobody
	}
}
