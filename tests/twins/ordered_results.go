// SPDX-License-Identifier: MIT

//go:build ignore

// Work is done in any order and comes out in the order in which it went in: a queue
// of futures.
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
)

const items, ahead = 20, 4

var running, most int32

func work(n int, result chan<- int) {
	now, old := atomic.AddInt32(&running, 1), atomic.LoadInt32(&most)
	for now > old && !atomic.CompareAndSwapInt32(&most, old, now) {
		old = atomic.LoadInt32(&most)
	}
	for i := 0; i < n*7%5; i++ {
		runtime.Gosched() // some take longer
	}
	atomic.AddInt32(&running, -1)
	result <- n * n * n
}

func dispatch(queue chan<- chan int) {
	for n := 1; n <= items; n++ {
		f := make(chan int, 1)
		queue <- f // waits when too far ahead
		go work(n, f)
	}
	close(queue)
}

func main() {
	queue := make(chan chan int, ahead)
	go dispatch(queue)
	for f := range queue {
		fmt.Println(<-f)
	}
	fmt.Println("never too many:", atomic.LoadInt32(&most) <= ahead+2)
}
