// SPDX-License-Identifier: MIT

//go:build ignore

// What may be taken beside what: readers beside readers, a writer alone.
package main

import (
	"fmt"
	"sync"
)

var mu sync.RWMutex

func attempt(state string) {
	r := mu.TryRLock()
	if r {
		mu.RUnlock()
	}
	w := mu.TryLock()
	if w {
		mu.Unlock()
	}
	fmt.Printf("%s: reader %v, writer %v\n", state, r, w)
}

func readOnce(in, out chan bool) {
	mu.RLock()
	in <- true
	<-out
	mu.RUnlock()
	in <- true
}

func main() {
	attempt("free")
	in, out := make(chan bool), make(chan bool)
	for i := 0; i < 3; i++ {
		go readOnce(in, out)
		<-in
	}
	attempt("three readers")
	for i := 2; i >= 0; i-- {
		out <- true
		<-in
		if i > 0 {
			attempt("fewer readers")
		} else {
			attempt("no readers")
		}
	}
	mu.Lock()
	attempt("one writer")
	mu.Unlock()
	attempt("free again")
}
