// SPDX-License-Identifier: MIT

//go:build ignore

// Several receivers share one channel; every value reaches exactly one.
package main

import (
	"fmt"
	"sync"
)

const receivers, values = 3, 100

func receiver(c <-chan int, got *[values]int) {
	for v := range c {
		got[v]++ // no lock: nobody else received this v
	}
}

func main() {
	c := make(chan int, 8)
	var got [values]int
	var wg sync.WaitGroup
	for i := 0; i < receivers; i++ {
		wg.Go(func() { receiver(c, &got) })
	}
	for v := 0; v < values; v++ {
		c <- v
	}
	close(c)
	wg.Wait()

	once := 0
	for _, n := range got {
		if n == 1 {
			once++
		}
	}
	fmt.Println("sent", values, "received once", once)
}
