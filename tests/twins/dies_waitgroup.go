// SPDX-License-Identifier: MIT

//go:build ignore

// More are done than were added: a panic.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	wg.Add(3)
	wg.Add(-2)
	wg.Done()
	wg.Wait()
	fmt.Println("balanced")
	wg.Done()
	fmt.Println("never printed")
}
