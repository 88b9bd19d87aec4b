// SPDX-License-Identifier: MIT

//go:build ignore

// A bounded queue from a mutex and two conditions.
package main

import (
	"fmt"
	"sync"
)

type queue struct {
	mu                sync.Mutex
	notFull, notEmpty sync.Cond
	items             [4]int
	head, n           int
}

func (q *queue) put(v int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.n == len(q.items) {
		q.notFull.Wait()
	}
	q.items[(q.head+q.n)%len(q.items)] = v
	q.n++
	q.notEmpty.Signal()
}

func (q *queue) take() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.n == 0 {
		q.notEmpty.Wait()
	}
	v := q.items[q.head]
	q.head = (q.head + 1) % len(q.items)
	q.n--
	q.notFull.Signal()
	return v
}

func main() {
	var q queue
	q.notFull.L, q.notEmpty.L = &q.mu, &q.mu
	var wg sync.WaitGroup
	var sums [2]int
	for p := 0; p < 4; p++ {
		wg.Go(func() {
			for i := 1; i <= 50; i++ {
				q.put(p*50 + i)
			}
		})
	}
	for c := range sums {
		wg.Go(func() {
			for i := 0; i < 100; i++ {
				sums[c] += q.take()
			}
		})
	}
	wg.Wait()
	fmt.Println("sum", sums[0]+sums[1], "left", q.n)
}
