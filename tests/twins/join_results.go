// SPDX-License-Identifier: MIT

//go:build ignore

// Goroutines are joined one by one; a panic in one is its result.
package main

import (
	"fmt"
	"runtime"
)

type task struct {
	n       int
	result  int
	failure any
}

func compute(t *task) {
	if t.n%4 == 3 {
		panic(fmt.Sprintf("task %d is odd in a bad way", t.n))
	}
	for i := 1; i <= t.n; i++ {
		t.result += i
		runtime.Gosched()
	}
}

func run(t *task, done chan struct{}) {
	defer close(done)
	defer func() { t.failure = recover() }()
	compute(t)
}

func main() {
	const n = 10
	tasks := make([]task, n)
	done := make([]chan struct{}, n)
	for i := range n {
		tasks[i].n = i
		done[i] = make(chan struct{})
		go run(&tasks[i], done[i])
	}
	for i := range n {
		<-done[i]
		if tasks[i].failure != nil {
			fmt.Printf("%d: %v\n", i, tasks[i].failure)
		} else {
			fmt.Printf("%d: %d\n", i, tasks[i].result)
		}
	}
}
