// SPDX-License-Identifier: MIT

//go:build ignore

// What the runtime panics about is recovered like any panic, and the object lives on.
package main

import (
	"fmt"
	"sync"
)

func told(f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("recovered:", r)
		}
	}()
	f()
}

func main() {
	c := make(chan int, 1)
	close(c)
	told(func() { c <- 1 })
	told(func() { close(c) })
	told(func() { close((chan int)(nil)) })
	n := -1
	told(func() { c = make(chan int, n) })
	v, ok := <-c
	fmt.Println("still closed:", v, ok)

	var wg sync.WaitGroup
	told(func() { wg.Done() })
	wg.Add(1)
	wg.Wait()
	fmt.Println("the group is at zero again")
}
