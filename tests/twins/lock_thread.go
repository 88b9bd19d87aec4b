// SPDX-License-Identifier: MIT

//go:build ignore

// A goroutine that is locked to its thread keeps it through every wait, until as
// many unlocks as locks.
package main

import (
	"fmt"
	"runtime"
	"syscall"
)

func stays(tick <-chan int, report chan<- string) {
	runtime.LockOSThread()
	runtime.LockOSThread()
	thread := syscall.Gettid()
	moved := 0
	for i := 0; i < 50; i++ {
		if i == 25 {
			runtime.UnlockOSThread() // one lock is left
		}
		<-tick
		runtime.Gosched()
		if syscall.Gettid() != thread {
			moved++
		}
	}
	if moved > 0 {
		report <- "moved"
	} else {
		report <- "stayed"
	}
	runtime.UnlockOSThread()
	report <- "unlocked"
}

func main() {
	tick := make(chan int)
	report := make(chan string)
	for i := 0; i < 2; i++ {
		go stays(tick, report)
	}
	for i := 0; i < 100; i++ {
		tick <- i
	}
	stayed, unlocked := 0, 0
	for i := 0; i < 4; i++ {
		switch <-report {
		case "stayed":
			stayed++
		case "unlocked":
			unlocked++
		}
	}
	fmt.Println("stayed", stayed, "unlocked", unlocked)
}
