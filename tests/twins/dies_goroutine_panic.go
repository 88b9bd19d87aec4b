// SPDX-License-Identifier: MIT

//go:build ignore

// A panic in one goroutine ends all; only its own deferred calls run.
package main

import (
	"fmt"
	"sync"
)

func body() {
	defer fmt.Println("in the goroutine")
	panic("not recovered")
}

func main() {
	defer fmt.Println("never printed")
	var wg sync.WaitGroup
	wg.Add(1)
	go body()
	wg.Wait()
	fmt.Println("never printed")
}
