// SPDX-License-Identifier: MIT

//go:build ignore

// Several senders, one channel; whoever sees the last sender end closes it.
package main

import (
	"fmt"
	"sync"
)

const senders, each = 4, 25

func sender(id int, c chan<- int) {
	for i := 0; i < each; i++ {
		c <- id*each + i
	}
}

func main() {
	c := make(chan int)
	var wg sync.WaitGroup
	for id := 0; id < senders; id++ {
		wg.Go(func() { sender(id, c) })
	}
	go func() {
		wg.Wait()
		close(c)
	}()

	var seen [senders * each]bool
	var last [senders]int
	inOrder := true
	for v := range c {
		seen[v] = true
		inOrder = inOrder && v%each >= last[v/each]
		last[v/each] = v % each
	}

	count := 0
	for _, s := range seen {
		if s {
			count++
		}
	}
	fmt.Println("different values:", count)
	fmt.Println("each sender in order:", inOrder)
}
