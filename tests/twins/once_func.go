// SPDX-License-Identifier: MIT

//go:build ignore

// A function that runs at its first call only, whoever calls.
package main

import (
	"fmt"
	"sync"
)

var ran int

func setUp(who string) {
	ran++
	fmt.Println("set up for", who)
}

func main() {
	call := sync.OnceFunc(func() { setUp("all") })
	var wg sync.WaitGroup
	for i := 0; i < 10; i++ {
		wg.Go(call)
	}
	wg.Wait()
	call()
	fmt.Println("ran", ran)
}
