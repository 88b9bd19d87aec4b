// SPDX-License-Identifier: MIT

//go:build ignore

// A function that ends its goroutine has been run all the same: the next one does
// not run it again.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

var once sync.Once
var ran, returned atomic.Int32

func leave() {
	ran.Add(1)
	runtime.Goexit()
}

func tryIt() {
	once.Do(leave)
	returned.Add(1)
}

func main() {
	var wg sync.WaitGroup
	for i := 0; i < 5; i++ {
		wg.Go(tryIt)
	}
	wg.Wait()
	fmt.Println("ran", ran.Load(), "returned", returned.Load())
	tryIt()
	fmt.Println("ran", ran.Load(), "returned", returned.Load())
}
