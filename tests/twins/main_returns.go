// SPDX-License-Identifier: MIT

//go:build ignore

// When main returns the program ends; goroutines that still wait, sleep or run
// are not waited for.
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

var running int32

func spin() {
	atomic.StoreInt32(&running, 1)
	for {
		runtime.Gosched()
	}
}

func wait(c <-chan int) {
	<-c
	fmt.Println("never printed")
}

func doze() {
	time.Sleep(time.Hour)
	fmt.Println("never printed")
}

func main() {
	c := make(chan int)
	go wait(c)
	go doze()
	go spin()
	for atomic.LoadInt32(&running) == 0 {
		runtime.Gosched()
	}
	fmt.Println("main returns")
}
