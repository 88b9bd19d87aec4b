// SPDX-License-Identifier: MIT

//go:build ignore

// Workers survive the panics of what they run, and end on a Goexit.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

var sum atomic.Int64

func handle(request int) {
	defer sum.Add(1)
	if request%10 == 0 {
		panic(fmt.Sprintf("request %d", request))
	}
	if request%10 == 5 {
		runtime.Goexit()
	}
	sum.Add(1000)
}

func try(request int) (r any) {
	defer func() { r = recover() }()
	handle(request)
	return nil
}

func main() {
	requests, failures := make(chan int), make(chan int, 100)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			for request := range requests {
				if try(request) != nil {
					failures <- request
				}
			}
		})
	}
	for i := range 100 {
		requests <- i
	}
	close(requests)
	wg.Wait()
	close(failures)
	n, total := 0, 0
	for v := range failures {
		n++
		total += v
	}
	fmt.Printf("%d failures, adding up to %d; counted %d\n", n, total, sum.Load())
}
