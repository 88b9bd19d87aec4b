// SPDX-License-Identifier: MIT

//go:build ignore

// Every request carries the channel for its answer.
package main

import (
	"fmt"
	"sync"
)

type request struct {
	a, b  int
	reply chan int
}

func server(requests <-chan request) {
	for r := range requests {
		r.reply <- r.a*r.a + r.b*r.b
	}
}

func ask(requests chan<- request, a, b int) int {
	r := request{a, b, make(chan int)}
	requests <- r
	return <-r.reply
}

func main() {
	requests := make(chan request)
	for i := 0; i < 3; i++ {
		go server(requests)
	}
	var answers [10]int
	var wg sync.WaitGroup
	for i := range answers {
		wg.Go(func() { answers[i] = ask(requests, i, i+1) })
	}
	wg.Wait()
	close(requests)

	for i, v := range answers {
		fmt.Printf("%d^2 + %d^2 = %d\n", i, i+1, v)
	}
}
