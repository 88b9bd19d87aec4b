// SPDX-License-Identifier: MIT

//go:build ignore

// Signal wakes who waits longest; broadcast wakes all who wait.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

const waiters = 6

var (
	m       sync.Mutex
	called  = sync.NewCond(&m)
	waiting int
)

func start(id int, woken chan<- int) {
	before := waiting
	go func() {
		m.Lock()
		waiting++
		called.Wait()
		m.Unlock()
		woken <- id
	}()
	for there := false; !there; runtime.Gosched() {
		m.Lock()
		there = waiting == before+1 // it waits: the mutex is ours
		m.Unlock()
	}
}

func main() {
	woken := make(chan int)
	sum := 0
	for i := 0; i < waiters; i++ {
		start(i, woken)
	}
	for i := 0; i < 3; i++ {
		called.Signal()
		fmt.Println("signal woke", <-woken)
	}
	called.Broadcast()
	for i := 3; i < waiters; i++ {
		sum += <-woken
	}
	fmt.Println("broadcast woke the rest, sum", sum)
	called.Signal() // nobody waits: nothing happens, now or later
	start(9, woken)
	called.Signal()
	fmt.Println("signal woke", <-woken)
}
