// SPDX-License-Identifier: MIT

//go:build ignore

// Two goroutines that each would send or receive on the same channel: in each
// round exactly one gives and the other takes; nobody meets himself.
package main

import (
	"fmt"
	"sync"
)

const rounds = 300

type tally struct{ given, taken, sum int }

func trade(table chan int, id int, t *tally) {
	for i := 0; i < rounds; i++ {
		select {
		case table <- id:
			t.given++
		case v := <-table:
			t.taken++
			t.sum += v
		}
	}
}

func main() {
	table := make(chan int)
	var a, b tally
	var wg sync.WaitGroup
	wg.Go(func() { trade(table, 1, &a) })
	wg.Go(func() { trade(table, 1000, &b) })
	wg.Wait()
	fmt.Println("trades", a.given+b.given)
	fmt.Println("what one gave the other took:", a.given == b.taken && b.given == a.taken)
	fmt.Println("from the other alone:", a.sum == 1000*a.taken && b.sum == b.taken)
}
