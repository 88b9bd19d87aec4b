// SPDX-License-Identifier: MIT

//go:build ignore

// Nobody gets past a once before its function has returned.
package main

import (
	"fmt"
	"sync"
	"time"
)

const callers = 20

func main() {
	var once sync.Once
	ready, sum := 0, 0
	c := make(chan int)
	for i := 0; i < callers; i++ {
		go func() {
			once.Do(func() {
				time.Sleep(5 * time.Millisecond)
				ready = 1
			})
			c <- ready
		}()
	}
	for i := 0; i < callers; i++ {
		sum += <-c
	}
	fmt.Println(sum, "of", callers, "found it ready")
}
