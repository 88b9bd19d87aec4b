// SPDX-License-Identifier: MIT

//go:build ignore

// Taking a mutex only if it is free.
package main

import (
	"fmt"
	"sync"
)

var mu sync.Mutex

func attempt(who string) {
	if !mu.TryLock() {
		fmt.Println(who + ": taken")
		return
	}
	fmt.Println(who + ": mine")
	mu.Unlock()
}

func other(done chan<- bool) {
	attempt("other")
	done <- true
}

func main() {
	done := make(chan bool)
	attempt("main")
	mu.Lock()
	attempt("main, holding it")
	go other(done)
	<-done
	mu.Unlock()
	go other(done)
	<-done
	attempt("main again")
}
